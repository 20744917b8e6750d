package compare;

import common.HttpConnection;
import common.Summary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Single requests with long pauses, over TLS, which is the usual traffic of a service that scales to zero. The
 * implementations take turns, so each finds CPU caches that others have used.
 */
final class SparseRequestsBenchmark implements Benchmark {

    private static final double CPU_GOAL = 1.5;
    private static final int SETTLING_MS = 100; // work that follows the response counts, too

    private record Result(double cpuMs, double latencyMs, double newConnections) {}

    @Override
    public void run(BenchmarkContext context) throws Exception {
        BenchmarkProfile profile = context.profile();
        BigQueryEndpoint bigQuery = context.fakeServers().counting().tls();
        Measurements<Result> measured = new Measurements<>();
        try (ImplementationProcess java = context.start(context.java(), bigQuery);
                ImplementationProcess go = context.start(context.go(), bigQuery);
                ImplementationProcess node = context.start(context.node(), bigQuery)) {
            Map<Implementation, ImplementationProcess> servers =
                    Map.of(context.java(), java, context.go(), go, context.node(), node);
            long pauseMs = profile.sparseInterval().toMillis() / servers.size() - SETTLING_MS;
            for (int round = 0; round < profile.sparseRequests(); round++) {
                context.reportProgress("sparse: " + (round + 1) + " of " + profile.sparseRequests());
                for (Implementation implementation : context.implementations()) {
                    Thread.sleep(pauseMs);
                    measured.add(implementation, measure(context, servers.get(implementation)));
                }
            }
        }
        print(context, measured);
        context.addGoal(Goal.atMost(
                CPU_GOAL,
                "CPU of a sparse request over TLS, Java : Go",
                measured.ratio(context.java(), context.go(), Result::cpuMs)));
        double most = measured.summary(context.java(), Result::newConnections).max();
        context.addGoal(Goal.atMost(0, "most new connections for a sparse request, Java", Summary.of(List.of(most))));
    }

    private static Result measure(BenchmarkContext context, ImplementationProcess server) throws Exception {
        CountingFakeServer bigQuery = context.fakeServers().counting();
        CountingFakeServer.Counters before = bigQuery.counters();
        Map<Path, Long> cpuBefore = server.cpuNanosByThread();
        long start = System.nanoTime();
        try (HttpConnection connection = new HttpConnection(server.port(), Payloads.TIMEOUT)) {
            connection.store(context.payloads().typical());
        }
        double latencyMs = (System.nanoTime() - start) / 1e6;
        Thread.sleep(SETTLING_MS);
        long cpuNanos = 0;
        for (Map.Entry<Path, Long> thread : server.cpuNanosByThread().entrySet()) {
            cpuNanos += thread.getValue() - cpuBefore.getOrDefault(thread.getKey(), 0L);
        }
        return new Result(
                cpuNanos / 1e6, latencyMs, bigQuery.counters().minus(before).connections());
    }

    private static void print(BenchmarkContext context, Measurements<Result> measured) {
        System.out.printf(
                "%n### Sparse requests: %d, one every %d s, over TLS%n%n",
                context.profile().sparseRequests(),
                context.profile().sparseInterval().toSeconds());
        System.out.println(
                "| implementation | CPU ms per request | latency ms | new connections to BigQuery per request |");
        System.out.println("|---|--:|--:|--:|");
        for (Implementation implementation : context.implementations()) {
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    implementation.name(),
                    measured.summary(implementation, Result::cpuMs).text(2),
                    measured.summary(implementation, Result::latencyMs).text(2),
                    measured.summary(implementation, Result::newConnections).text(0));
        }
    }
}
