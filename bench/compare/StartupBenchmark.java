package compare;

/** Time from the start of the process to the first stored row. */
final class StartupBenchmark implements Benchmark {

    private static final double GOAL_MS = 60;

    @Override
    public void run(BenchmarkContext context) throws Exception {
        int starts = context.profile().starts();
        Measurements<Double> measured = new Measurements<>();
        for (int round = 0; round < starts; round++) {
            context.reportProgress("start: " + (round + 1) + " of " + starts);
            for (Implementation implementation : context.rotated(round)) {
                try (ImplementationProcess server = context.start(
                        implementation, context.fakeServers().nginx().plain())) {
                    measured.add(implementation, server.firstRowMs());
                }
            }
        }
        System.out.printf("%n### Start: %d times%n%n", starts);
        System.out.println("| implementation | ms to the first stored row |");
        System.out.println("|---|--:|");
        for (Implementation implementation : context.implementations()) {
            System.out.printf(
                    "| %s | %s |%n",
                    implementation.name(),
                    measured.summary(implementation, ms -> ms).text(0));
        }
        context.addGoal(Goal.atMost(
                GOAL_MS, "start to first stored row, Java, ms", measured.summary(context.java(), ms -> ms)));
    }
}
