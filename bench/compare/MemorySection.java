/** Resident memory, idle and after requests. */
final class MemorySection implements Section {

    private static final double GOAL_MIB = 72;
    private static final int CONNECTIONS = 16;
    private static final int IDLE_MS = 500;

    private record Memory(double idleMib, double afterFewMib, double afterManyMib) {}

    @Override
    public void run(Bench bench) throws Exception {
        Effort effort = bench.effort();
        Measurements<Memory> measured = new Measurements<>();
        for (int round = 0; round < effort.rounds(); round++) {
            for (Contender contender : bench.inTurn(round)) {
                bench.progress("memory: round " + (round + 1) + ", " + contender.name());
                measured.add(contender, memory(bench, contender));
            }
        }
        System.out.printf("%n### Memory: MiB resident, %d connections%n%n", CONNECTIONS);
        System.out.printf(
                "| contender | idle, after the first row | after %,d requests | after %,d |%n",
                effort.few(), effort.many());
        System.out.println("|---|--:|--:|--:|");
        for (Contender contender : bench.contenders()) {
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    contender.name(),
                    measured.spread(contender, Memory::idleMib).text(0),
                    measured.spread(contender, Memory::afterFewMib).text(0),
                    measured.spread(contender, Memory::afterManyMib).text(0));
        }
        bench.judge(Goal.atMost(
                GOAL_MIB,
                String.format("memory after %,d requests, ours, MiB", effort.few()),
                measured.spread(bench.ours(), Memory::afterFewMib)));
        bench.judge(Goal.atMost(
                GOAL_MIB,
                String.format("memory after %,d requests, ours, MiB", effort.many()),
                measured.spread(bench.ours(), Memory::afterManyMib)));
    }

    private static Memory memory(Bench bench, Contender contender) throws Exception {
        try (Server server = bench.start(contender, bench.standIns().nginx().plain())) {
            Thread.sleep(IDLE_MS);
            double idleMib = server.residentMib();
            int few = bench.effort().few();
            bench.payloads().post(server.port(), few, CONNECTIONS);
            double afterFewMib = server.residentMib();
            if (contender.equals(bench.node())) { // at its pace, so many more would take minutes, each round
                return new Memory(idleMib, afterFewMib, Double.NaN);
            }
            bench.payloads().post(server.port(), bench.effort().many() - few, CONNECTIONS);
            return new Memory(idleMib, afterFewMib, server.residentMib());
        }
    }
}
