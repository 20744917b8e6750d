package compare;

/** Resident memory when idle and after requests. */
final class MemoryBenchmark implements Benchmark {

    private static final double GOAL_MIB = 72;
    private static final int CONNECTIONS = 16;
    private static final int IDLE_MS = 500;

    private record Result(double idleMib, double afterFewMib, double afterManyMib) {}

    @Override
    public void run(BenchmarkContext context) throws Exception {
        BenchmarkProfile profile = context.profile();
        Measurements<Result> measured = new Measurements<>();
        for (int round = 0; round < profile.rounds(); round++) {
            for (Implementation implementation : context.rotated(round)) {
                context.reportProgress("memory: round " + (round + 1) + ", " + implementation.name());
                measured.add(implementation, measure(context, implementation));
            }
        }
        System.out.printf("%n### Memory: MiB resident, %d connections%n%n", CONNECTIONS);
        System.out.printf(
                "| implementation | idle, after the first row | after %,d requests | after %,d requests |%n",
                profile.fewRequests(), profile.manyRequests());
        System.out.println("|---|--:|--:|--:|");
        for (Implementation implementation : context.implementations()) {
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    implementation.name(),
                    measured.summary(implementation, Result::idleMib).text(0),
                    measured.summary(implementation, Result::afterFewMib).text(0),
                    measured.summary(implementation, Result::afterManyMib).text(0));
        }
        context.addGoal(Goal.atMost(
                GOAL_MIB,
                String.format("memory after %,d requests, Java, MiB", profile.fewRequests()),
                measured.summary(context.java(), Result::afterFewMib)));
        context.addGoal(Goal.atMost(
                GOAL_MIB,
                String.format("memory after %,d requests, Java, MiB", profile.manyRequests()),
                measured.summary(context.java(), Result::afterManyMib)));
    }

    private static Result measure(BenchmarkContext context, Implementation implementation) throws Exception {
        try (ImplementationProcess server =
                context.start(implementation, context.fakeServers().nginx().plain())) {
            Thread.sleep(IDLE_MS);
            double idleMib = server.residentMib();
            int few = context.profile().fewRequests();
            context.payloads().post(server.port(), few, CONNECTIONS);
            double afterFewMib = server.residentMib();
            if (implementation.equals(context.node())) { // Node would need minutes per round
                return new Result(idleMib, afterFewMib, Double.NaN);
            }
            context.payloads().post(server.port(), context.profile().manyRequests() - few, CONNECTIONS);
            return new Result(idleMib, afterFewMib, server.residentMib());
        }
    }
}
