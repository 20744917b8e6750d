import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The native executable beside the same service in Go and in Node ({@code bench/peers}): all on this machine, in turn,
 * against the same stand-ins for BigQuery. Prints Markdown tables, and which goals are met.
 *
 * <p>{@code ./mvnw package -Dnative && java bench/compare/Compare.java [--short] [SECTION...]} on a JDK of 22 or newer:
 * all sections or the named ones, in 20 minutes, or in little more than one, which shows that it runs but no figure to
 * rely on. What it needs on the PATH stands in {@code bench/README.md}.
 */
final class Compare {

    private static final Map<String, Section> SECTIONS = new LinkedHashMap<>();

    static {
        SECTIONS.put("rows", new RowsSection());
        SECTIONS.put("load", new LoadSection());
        SECTIONS.put("lone", new LoneSection());
        SECTIONS.put("start", new StartSection());
        SECTIONS.put("memory", new MemorySection());
        SECTIONS.put("size", new SizeSection());
    }

    private static final List<String> TOOLS = List.of("go", "node", "npm", "nginx", "openssl", "wrk");

    private Compare() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        List<String> names = new ArrayList<>(Arrays.asList(arguments));
        Effort effort = names.remove("--short") ? Effort.SHORT : Effort.FULL;
        check(names);
        Files.createDirectories(Work.FOLDER);
        try (Bench bench = new Bench(effort)) {
            System.out.println(machine() + "; min / **median** / max of each figure.");
            for (String name : names.isEmpty() ? SECTIONS.keySet() : names) {
                SECTIONS.get(name).run(bench);
            }
            printGoals(bench.goals());
        }
    }

    private static void check(List<String> names) {
        List<String> unknown =
                names.stream().filter(name -> !SECTIONS.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            fail("no section is called " + String.join(", ", unknown) + "; there are "
                    + String.join(", ", SECTIONS.keySet()));
        }
        if (!Files.exists(Contender.OURS)) {
            fail(Contender.OURS + " is missing: ./mvnw package -Dnative");
        }
        List<String> missing = TOOLS.stream().filter(tool -> !isOnPath(tool)).toList();
        if (!missing.isEmpty()) {
            fail("not on the PATH: " + String.join(", ", missing) + "; see bench/README.md");
        }
    }

    private static boolean isOnPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static String machine() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            String model = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("processor unknown");
            return Runtime.getRuntime().availableProcessors() + " cores that all share, client and stand-ins too ("
                    + model + "), Linux " + System.getProperty("os.version");
        }
    }

    private static void printGoals(List<Goal> goals) {
        if (goals.isEmpty()) {
            return;
        }
        System.out.printf("%n### Goals%n%n| figure | goal | measured | met |%n|---|--:|--:|---|%n");
        goals.forEach(goal -> System.out.println(goal.line()));
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
