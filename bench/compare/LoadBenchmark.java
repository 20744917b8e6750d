package compare;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Throughput, latency and CPU under full load, on few and on many connections, with each fake BigQuery. */
final class LoadBenchmark implements Benchmark {

    private static final List<Integer> CONNECTIONS = List.of(16, 64, 1);
    private static final Map<Integer, Double> CPU_GOALS = Map.of(16, 1.0, 64, 0.75, 1, 1.3);
    private static final Map<Integer, Double> DELAYED_CPU_GOALS = Map.of(16, 1.1, 64, 0.8);
    private static final double P99_GOAL = 1.0;
    private static final double DELAYED_P99_GOAL = 1.1;
    private static final int SETTLING_MS = 100;

    private record Result(double requestsPerSecond, double p50Ms, double p99Ms, double cpuMsPerRequest) {}

    @Override
    public void run(BenchmarkContext context) throws Exception {
        FakeServers fakeServers = context.fakeServers();
        BigQueryEndpoint delayed = fakeServers.delayed().plain();
        for (BigQueryEndpoint bigQuery : List.of(
                fakeServers.nginx().plain(), delayed, fakeServers.nginx().tls())) {
            Map<Integer, Measurements<Result>> measured = new TreeMap<>();
            for (int round = 0; round < context.profile().rounds(); round++) {
                for (Implementation implementation : context.rotated(round)) {
                    context.reportProgress(
                            "load: " + bigQuery.name() + ", round " + (round + 1) + ", " + implementation.name());
                    try (ImplementationProcess server = context.start(implementation, bigQuery)) {
                        for (int connections : CONNECTIONS) {
                            measured.computeIfAbsent(connections, absent -> new Measurements<>())
                                    .add(implementation, measure(context, bigQuery, server, connections));
                        }
                    }
                }
            }
            print(context, bigQuery, measured);
            addGoals(context, bigQuery, bigQuery.equals(delayed), measured);
        }
    }

    private static Result measure(
            BenchmarkContext context, BigQueryEndpoint bigQuery, ImplementationProcess server, int connections)
            throws Exception {
        BenchmarkProfile profile = context.profile();
        if (profile.warmUpSeconds() > 0) {
            Wrk.run(server.port(), connections, profile.warmUpSeconds(), context.payloads());
        }
        CountingFakeServer delayed = context.fakeServers().delayed();
        CountingFakeServer.Counters before = settledCounters(delayed);
        double cpuMs = server.cpuMs();
        Wrk.Result result = Wrk.run(server.port(), connections, profile.loadSeconds(), context.payloads());
        cpuMs = server.cpuMs() - cpuMs;
        if (bigQuery.equals(delayed.plain())) {
            checkRows(delayed.counters().minus(before).rows(), result.requests(), connections);
        }
        return new Result(
                result.requests() / result.seconds(), result.p50Ms(), result.p99Ms(), cpuMs / result.requests());
    }

    /** Waits for the rows that are still in flight after wrk has disconnected. */
    private static CountingFakeServer.Counters settledCounters(CountingFakeServer bigQuery) throws Exception {
        CountingFakeServer.Counters earlier;
        CountingFakeServer.Counters counters = bigQuery.counters();
        do {
            earlier = counters;
            Thread.sleep(SETTLING_MS);
            counters = bigQuery.counters();
        } while (!counters.equals(earlier));
        return counters;
    }

    /** wrk disconnects at the end, so one row per connection may be stored although wrk saw no response. */
    private static void checkRows(long rows, long requests, int connections) {
        if (rows < requests || rows > requests + connections) {
            throw new IllegalStateException(rows + " rows for " + requests + " requests");
        }
    }

    private static void print(
            BenchmarkContext context, BigQueryEndpoint bigQuery, Map<Integer, Measurements<Result>> measured) {
        System.out.printf("%n### Load, BigQuery: %s%n%n", bigQuery.name());
        System.out.println("| connections | implementation | requests/s | p50 ms | p99 ms | CPU ms per request |");
        System.out.println("|--:|---|--:|--:|--:|--:|");
        measured.forEach((connections, results) -> {
            for (Implementation implementation : context.implementations()) {
                System.out.printf(
                        "| %d | %s | %s | %s | %s | %s |%n",
                        connections,
                        implementation.name(),
                        results.summary(implementation, Result::requestsPerSecond)
                                .text(0),
                        results.summary(implementation, Result::p50Ms).text(2),
                        results.summary(implementation, Result::p99Ms).text(2),
                        results.summary(implementation, Result::cpuMsPerRequest).text(3));
            }
        });
    }

    private static void addGoals(
            BenchmarkContext context,
            BigQueryEndpoint bigQuery,
            boolean isDelayed,
            Map<Integer, Measurements<Result>> measured) {
        Map<Integer, Double> cpuGoals = isDelayed ? DELAYED_CPU_GOALS : CPU_GOALS;
        measured.forEach((connections, results) -> {
            String where = ", BigQuery " + bigQuery.name() + ", connections: " + connections;
            if (cpuGoals.containsKey(connections)) {
                context.addGoal(Goal.atMost(
                        cpuGoals.get(connections),
                        "CPU per request, Java : Go" + where,
                        results.ratio(context.java(), context.go(), Result::cpuMsPerRequest)));
            }
            if (connections > 1) {
                context.addGoal(Goal.atLeast(
                        1.0,
                        "requests/s, Java : Go" + where,
                        results.ratio(context.java(), context.go(), Result::requestsPerSecond)));
                context.addGoal(Goal.atMost(
                        isDelayed ? DELAYED_P99_GOAL : P99_GOAL,
                        "p99, Java : Go" + where,
                        results.ratio(context.java(), context.go(), Result::p99Ms)));
            }
        });
    }
}
