package compare;

import java.util.LinkedHashMap;
import java.util.Map;

/** Throughput, latency and CPU while wrk keeps all connections busy, with each fake BigQuery. */
final class LoadBenchmark {

    private static final int SETTLING_MS = 100;

    private LoadBenchmark() {}

    static void run(Compare compare) throws Exception {
        for (String bigQuery : compare.bigQueries) {
            Map<String, Results> results = new LinkedHashMap<>(); // by number of connections
            for (String connections : compare.connections) {
                String name = "load, BigQuery " + bigQuery + ", connections: " + connections;
                results.put(
                        connections, compare.newResults(name, "requests/s", "p50 ms", "p99 ms", "CPU ms per request"));
            }
            for (int round = 0; round < compare.rounds(3, 1); round++) {
                for (Implementation implementation : compare.implementations(round, results.values())) {
                    Compare.reportProgress("load: %s, round %d, %s", bigQuery, round + 1, implementation.name());
                    try (Server server = compare.start(implementation, bigQuery)) {
                        for (Map.Entry<String, Results> each : results.entrySet()) {
                            if (implementation.takesPartIn(each.getValue())) {
                                double[] figures = measure(compare, bigQuery, server, each.getKey());
                                each.getValue().add(implementation, figures);
                            }
                        }
                    }
                }
            }
            results.values().forEach(Results::print);
        }
    }

    private static double[] measure(Compare compare, String bigQueryName, Server server, String connections)
            throws Exception {
        FakeServers.BigQuery bigQuery = compare.fakeServers.bigQuery(bigQueryName);
        if (!compare.isShort) {
            Wrk.run(server, connections, 2); // warm-up
        }
        long rowsBefore = settledRows(bigQuery);
        double cpuMsBefore = server.process().cpuMs();
        Wrk run = Wrk.run(server, connections, compare.amount(6, 1));
        double cpuMs = server.process().cpuMs() - cpuMsBefore;
        long rows = settledRows(bigQuery) - rowsBefore;
        // wrk disconnects at the end, so one row per connection may be stored although wrk saw no response
        if (bigQuery.counts() && (rows < run.requests() || rows > run.requests() + Integer.parseInt(connections))) {
            throw new IllegalStateException(rows + " rows for " + run.requests() + " requests");
        }
        return new double[] {run.requests() / run.seconds(), run.p50Ms(), run.p99Ms(), cpuMs / run.requests()};
    }

    /** Returns the rows that BigQuery has counted, once none is in flight any more. */
    private static long settledRows(FakeServers.BigQuery bigQuery) throws Exception {
        long before = -1;
        long rows = bigQuery.rows();
        while (rows != before) {
            Thread.sleep(SETTLING_MS);
            before = rows;
            rows = bigQuery.rows();
        }
        return rows;
    }
}
