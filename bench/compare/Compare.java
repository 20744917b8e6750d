package compare;

import common.Arguments;
import common.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
final class Compare implements AutoCloseable {

    /** The folder in which {@code bench/compare/prepare} puts its results, and this program its logs. */
    static final Path WORK = Path.of("target/compare").toAbsolutePath();

    private static final Map<String, Benchmark> BENCHMARKS = new LinkedHashMap<>();

    static {
        BENCHMARKS.put("rows", SmallBenchmarks::rows);
        BENCHMARKS.put("load", LoadBenchmark::run);
        BENCHMARKS.put("sparse", SparseBenchmark::run);
        BENCHMARKS.put("start", SmallBenchmarks::start);
        BENCHMARKS.put("memory", SmallBenchmarks::memory);
        BENCHMARKS.put("size", SmallBenchmarks::size);
    }

    /** A part of the comparison. */
    @FunctionalInterface
    interface Benchmark {
        void run(Compare compare) throws Exception;
    }

    final List<String> bigQueries;
    final List<String> connections;
    final FakeServers fakeServers = new FakeServers();

    /** Events, as clients of each Spinnaker release sent them. */
    final List<byte[]> payloads = new ArrayList<>();

    final boolean isShort;
    private final List<String> rounds;
    private final List<Implementation> implementations;
    private final List<Results> results = new ArrayList<>();

    private Compare(Arguments arguments) throws IOException {
        isShort = arguments.hasFlag("--short");
        rounds = arguments.values("--rounds");
        bigQueries = arguments.values("--bigquery", "instant", "30ms", "tls");
        connections = arguments.values("--connections", "16", "64", "1");
        implementations = Implementation.all(arguments);
        for (Path file : Service.payloads()) {
            payloads.add(Files.readAllBytes(file));
        }
    }

    public static void main(String[] argv) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Arguments arguments = new Arguments(argv);
        try (Compare compare = new Compare(arguments)) {
            System.out.println(machine() + "; min / **median** / max of each figure.");
            for (String name : arguments.names(BENCHMARKS.keySet())) {
                BENCHMARKS.get(name).run(compare);
            }
            Goal.print(compare.results, compare.implementations);
        }
    }

    private static String machine() throws IOException {
        String model = Files.readString(Path.of("/proc/cpuinfo")).replaceAll("(?s).*model name\\s*: ([^\\n]*).*", "$1");
        return Runtime.getRuntime().availableProcessors()
                + " cores, shared by client, implementation and fake servers (" + model + "), Linux "
                + System.getProperty("os.version");
    }

    /** Returns how much to measure: more in a full run than with {@code --short}. */
    int amount(int full, int shortened) {
        return isShort ? shortened : full;
    }

    /** Returns the number of rounds; {@code --rounds} overrides it. */
    int rounds(int full, int shortened) {
        return rounds.isEmpty() ? amount(full, shortened) : Integer.parseInt(rounds.getLast());
    }

    /** Returns empty results, which are compared with the goals at the end. */
    Results newResults(String name, String... figures) {
        Results empty = new Results(name, figures);
        results.add(empty);
        return empty;
    }

    /** Returns those that take part in at least one of the results. Another one is first in each round, to be fair. */
    List<Implementation> implementations(int round, Collection<Results> measured) {
        List<Implementation> all = new ArrayList<>(implementations);
        all.removeIf(each -> measured.stream().noneMatch(each::takesPartIn));
        Collections.rotate(all, -round);
        return all;
    }

    /** Starts an implementation. Returns once it has stored its first row. */
    Server start(Implementation implementation, String bigQuery) throws Exception {
        return Server.start(implementation, fakeServers.bigQuery(bigQuery).url(), fakeServers.metadataHost);
    }

    static void reportProgress(String format, Object... values) {
        System.err.printf(format + "%n", values);
    }

    @Override
    public void close() throws InterruptedException {
        fakeServers.close();
    }
}
