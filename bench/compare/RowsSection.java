/** That all do the same work: each stores each payload as one row. */
final class RowsSection implements Section {

    @Override
    public void run(Bench bench) throws Exception {
        CountingStandIn bigQuery = bench.standIns().counting();
        int count = bench.payloads().size();
        for (Contender contender : bench.contenders()) {
            bench.progress("rows: " + contender.name());
            try (Server server = bench.start(contender, bigQuery.plain())) {
                CountingStandIn.Seen before = bigQuery.seen();
                bench.payloads().post(server.port(), count, 1);
                long rows = bigQuery.seen().since(before).rows();
                if (rows != count) {
                    throw new IllegalStateException(contender.name() + " made " + rows + " rows of " + count);
                }
            }
        }
        System.out.printf("Each of %d payloads was stored by each contender as one row.%n", count);
    }
}
