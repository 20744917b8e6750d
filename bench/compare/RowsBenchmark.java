package compare;

/** Checks that all implementations do the same work: each stores each payload as one row. */
final class RowsBenchmark implements Benchmark {

    @Override
    public void run(BenchmarkContext context) throws Exception {
        CountingFakeServer bigQuery = context.fakeServers().counting();
        int count = context.payloads().size();
        for (Implementation implementation : context.implementations()) {
            context.reportProgress("rows: " + implementation.name());
            try (ImplementationProcess server = context.start(implementation, bigQuery.plain())) {
                CountingFakeServer.Counters before = bigQuery.counters();
                context.payloads().post(server.port(), count, 1);
                long rows = bigQuery.counters().minus(before).rows();
                if (rows != count) {
                    throw new IllegalStateException(
                            implementation.name() + " stored " + rows + " rows for " + count + " payloads");
                }
            }
        }
        System.out.printf("Each implementation stored each of %d payloads as one row.%n", count);
    }
}
