package compare;

import common.CommandLine;
import common.StatsService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares the native executable with the same service in Go and in Node ({@code bench/peers}). All run on this
 * machine, one after another, against the same fake BigQuery servers. Prints Markdown tables and the goals that are
 * met.
 *
 * <p>{@code ./mvnw package -Dnative && java bench/compare/Compare.java [--short] [BENCHMARK...]} on a JDK of 22 or
 * newer runs all benchmarks or the named ones. All of them take 20 minutes. With {@code --short} they take little more
 * than one minute, which shows that they work, but the figures are not reliable. {@code bench/README.md} lists the
 * tools that must be on the PATH.
 */
final class Compare {

    private static final Map<String, Benchmark> BENCHMARKS = new LinkedHashMap<>();

    static {
        BENCHMARKS.put("rows", new RowsBenchmark());
        BENCHMARKS.put("load", new LoadBenchmark());
        BENCHMARKS.put("sparse", new SparseRequestsBenchmark());
        BENCHMARKS.put("start", new StartupBenchmark());
        BENCHMARKS.put("memory", new MemoryBenchmark());
        BENCHMARKS.put("size", new SizeBenchmark());
    }

    private static final List<String> TOOLS = List.of("go", "node", "npm", "nginx", "openssl", "wrk");

    private Compare() {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        CommandLine commandLine = CommandLine.parse(arguments, "benchmark", BENCHMARKS.keySet());
        CommandLine.requireFile(StatsService.EXECUTABLE, StatsService.BUILD_COMMAND);
        requireTools();
        Files.createDirectories(WorkDir.PATH);
        BenchmarkProfile profile = commandLine.isShort() ? BenchmarkProfile.SHORT : BenchmarkProfile.FULL;
        try (BenchmarkContext context = new BenchmarkContext(profile)) {
            System.out.println(machine() + "; min / **median** / max of each figure.");
            for (String name : commandLine.names()) {
                BENCHMARKS.get(name).run(context);
            }
            printGoals(context.goals());
        }
    }

    private static void requireTools() {
        List<String> missing = TOOLS.stream().filter(tool -> !isOnPath(tool)).toList();
        if (!missing.isEmpty()) {
            CommandLine.fail(
                    "Not on the PATH: " + String.join(", ", missing) + "; bench/README.md says how to install them");
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
                    .orElse("unknown processor");
            return Runtime.getRuntime().availableProcessors()
                    + " cores, shared by client, implementation and fake servers (" + model + "), Linux "
                    + System.getProperty("os.version");
        }
    }

    private static void printGoals(List<Goal> goals) {
        if (goals.isEmpty()) {
            return;
        }
        System.out.printf("%n### Goals%n%n| figure | goal | measured | met |%n|---|--:|--:|---|%n");
        goals.forEach(goal -> System.out.println(goal.tableRow()));
    }
}
