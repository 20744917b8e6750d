package compare;

import common.Arguments;
import compare.Benchmarks.Benchmark;
import compare.Implementation.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the native executable with peers, which are the same service in Go and in Node ({@code bench/peers}). All run
 * one after another against the same fake BigQuery servers. Prints Markdown tables and the goals that are met.
 * {@code bench/README.md} describes the benchmarks and the arguments.
 */
final class Compare {

    /** The folder in which {@code bench/compare/prepare} puts its results, and this program its logs. */
    static final Path WORK = Path.of("target/compare").toAbsolutePath();

    private Compare() {}

    public static void main(String[] argv) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Arguments arguments = new Arguments(argv);
        Benchmarks benchmarks = new Benchmarks(arguments.hasFlag("--short"));
        List<String> rounds = arguments.values("--rounds");
        List<Benchmark> all = benchmarks.all(
                arguments.values("--bigquery", "instant", "30ms", "tls"),
                arguments.values("--connections", "16", "64", "1"));
        List<Implementation> implementations = Implementation.all(arguments);
        List<String> kinds =
                arguments.names(all.stream().map(Benchmark::kind).distinct().toList());
        System.out.println(machine() + "; min / **median** / max of each figure.");
        List<Results> results = new ArrayList<>();
        for (Benchmark benchmark : all) {
            if (kinds.contains(benchmark.kind())) {
                boolean isRepeated = benchmark.rounds() > 1 && !rounds.isEmpty();
                int count = isRepeated ? Integer.parseInt(rounds.getLast()) : benchmark.rounds();
                results.add(run(benchmark, count, implementations));
                results.getLast().print();
            }
        }
        Goal.print(results, implementations);
    }

    private static String machine() throws IOException {
        String model = Files.readString(Path.of("/proc/cpuinfo")).replaceAll("(?s).*model name\\s*: ([^\\n]*).*", "$1");
        return Runtime.getRuntime().availableProcessors()
                + " cores, shared by client, implementation and fake servers (" + model + "), Linux "
                + System.getProperty("os.version");
    }

    private static Results run(Benchmark benchmark, int rounds, List<Implementation> implementations) throws Exception {
        Results results = new Results(benchmark.name(), benchmark.figures());
        List<Implementation> inTurn = new ArrayList<>(implementations);
        inTurn.removeIf(each -> !each.takesPartIn(benchmark.name()));
        BigQuery bigQuery = BigQuery.named(benchmark.bigQuery());
        Map<Implementation, Server> running = new LinkedHashMap<>();
        try {
            for (int round = 1; round <= rounds; round++) {
                for (Implementation each : inTurn) {
                    System.err.printf("%s: round %d of %d, %s%n", benchmark.name(), round, rounds, each.name());
                    if (!running.containsKey(each)) {
                        running.put(each, each.start(bigQuery));
                    }
                    Thread.sleep(benchmark.pauseMs() / inTurn.size());
                    results.add(each.name(), benchmark.measurement().of(running.get(each)));
                    if (benchmark.pauseMs() == 0) {
                        running.remove(each).process().close();
                    }
                }
                Collections.rotate(inTurn, -1); // another one is first in each round, to be fair
            }
        } finally {
            for (Server server : running.values()) {
                server.process().close();
            }
        }
        return results;
    }
}
