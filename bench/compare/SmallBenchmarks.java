package compare;

import common.HttpConnection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The benchmarks without load: rows, start, memory, size. */
final class SmallBenchmarks {

    private static final int CONNECTIONS = 16;
    private static final int IDLE_MS = 500;

    private SmallBenchmarks() {}

    /** Checks that all implementations do the same work: each stores each payload as one row. */
    static void rows(Compare compare) throws Exception {
        FakeServers.BigQuery bigQuery = compare.fakeServers.bigQuery("counting");
        Results results = compare.newResults("rows", "rows of " + compare.payloads.size() + " payloads");
        for (Implementation implementation : compare.implementations(0, List.of(results))) {
            try (Server server = compare.start(implementation, "counting")) {
                long before = bigQuery.rows();
                post(compare, server, compare.payloads.size());
                long rows = bigQuery.rows() - before;
                if (rows != compare.payloads.size()) {
                    throw new IllegalStateException(implementation.name() + " stored " + rows + " rows");
                }
                results.add(implementation, rows);
            }
        }
        results.print();
    }

    /** Measures the time from the start of the process to the first stored row, and the resident memory then. */
    static void start(Compare compare) throws Exception {
        Results results = compare.newResults("start", "ms to the first stored row", "MiB then");
        int starts = compare.rounds(20, 2);
        for (int round = 0; round < starts; round++) {
            Compare.reportProgress("start: %d of %d", round + 1, starts);
            for (Implementation implementation : compare.implementations(round, List.of(results))) {
                try (Server server = compare.start(implementation, "instant")) {
                    results.add(
                            implementation,
                            server.firstRowMs(),
                            server.process().residentMib());
                }
            }
        }
        results.print();
    }

    /** Measures the resident memory when idle, after a few requests and after many; Node is too slow for many. */
    static void memory(Compare compare) throws Exception {
        int few = compare.amount(10_000, 500);
        int many = compare.amount(200_000, 1_500);
        Results results = compare.newResults(
                "memory",
                "MiB idle",
                "MiB after %,d requests".formatted(few),
                "MiB after %,d requests".formatted(many));
        for (int round = 0; round < compare.rounds(3, 1); round++) {
            for (Implementation implementation : compare.implementations(round, List.of(results))) {
                Compare.reportProgress("memory: round %d, %s", round + 1, implementation.name());
                try (Server server = compare.start(implementation, "instant")) {
                    Thread.sleep(IDLE_MS);
                    double idleMib = server.process().residentMib();
                    post(compare, server, few);
                    double fewMib = server.process().residentMib();
                    boolean isSlow = implementation.name().equals("node");
                    if (!isSlow) {
                        post(compare, server, many - few);
                    }
                    double manyMib = isSlow ? Double.NaN : server.process().residentMib();
                    results.add(implementation, idleMib, fewMib, manyMib);
                }
            }
        }
        results.print();
    }

    /** Measures the size of the code to deploy; for Node, that of the packages without Node itself. */
    static void size(Compare compare) throws Exception {
        Results results = compare.newResults("size", "MB");
        for (Implementation implementation : compare.implementations(0, List.of(results))) {
            results.add(implementation, implementation.megabytes());
        }
        results.print();
    }

    /** Posts the payloads in turn, as many events as given. Fails unless all are stored. */
    private static void post(Compare compare, Server server, int count) throws Exception {
        List<byte[]> payloads = compare.payloads;
        List<Callable<Void>> clients = IntStream.range(0, CONNECTIONS)
                .<Callable<Void>>mapToObj(first -> () -> {
                    try (HttpConnection connection = server.process().connect(server.port())) {
                        for (int next = first; next < count; next += CONNECTIONS) {
                            connection.store(payloads.get(next % payloads.size()));
                        }
                    }
                    return null;
                })
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Void> client : threads.invokeAll(clients)) {
                client.get();
            }
        }
    }
}
