package compare;

import common.HttpConnection;
import common.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Single requests with long pauses, over TLS, which is the usual traffic of a service that scales to zero. The
 * implementations take turns, so each finds CPU caches that others have used.
 */
final class SparseBenchmark {

    private static final String BIG_QUERY = "counting-tls";
    private static final int SETTLING_MS = 100; // work that follows the response counts, too

    private SparseBenchmark() {}

    static void run(Compare compare) throws Exception {
        int requests = compare.amount(10, 3);
        int intervalMs = compare.amount(7_000, 1_000);
        Results results = compare.newResults(
                "sparse", "CPU ms per request", "latency ms", "new connections to BigQuery per request");
        Map<Implementation, Server> servers = new LinkedHashMap<>();
        try {
            for (Implementation implementation : compare.implementations(0, List.of(results))) {
                servers.put(implementation, compare.start(implementation, BIG_QUERY));
            }
            for (int round = 0; round < requests; round++) {
                Compare.reportProgress("sparse: %d of %d", round + 1, requests);
                for (Map.Entry<Implementation, Server> each : servers.entrySet()) {
                    Thread.sleep(intervalMs / servers.size() - SETTLING_MS);
                    results.add(each.getKey(), measure(compare, each.getValue()));
                }
            }
        } finally {
            for (Server server : servers.values()) {
                server.close();
            }
        }
        results.print();
    }

    private static double[] measure(Compare compare, Server server) throws Exception {
        FakeServers.BigQuery bigQuery = compare.fakeServers.bigQuery(BIG_QUERY);
        long connectionsBefore = bigQuery.connections();
        Map<Path, Long> cpuBefore = server.process().cpuNanosByThread();
        byte[] event = Files.readAllBytes(Service.TYPICAL_PAYLOAD);
        long start = System.nanoTime();
        try (HttpConnection connection = server.process().connect(server.port())) {
            connection.store(event);
        }
        double latencyMs = (System.nanoTime() - start) / 1e6;
        Thread.sleep(SETTLING_MS);
        long cpuNanos = 0;
        for (Map.Entry<Path, Long> thread : server.process().cpuNanosByThread().entrySet()) {
            cpuNanos += thread.getValue() - cpuBefore.getOrDefault(thread.getKey(), 0L);
        }
        return new double[] {cpuNanos / 1e6, latencyMs, bigQuery.connections() - connectionsBefore};
    }
}
