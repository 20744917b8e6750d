/** From the start of the process to the first stored row. */
final class StartSection implements Section {

    private static final double GOAL_MS = 60;

    @Override
    public void run(Bench bench) throws Exception {
        Measurements<Double> measured = new Measurements<>();
        for (int round = 0; round < bench.effort().starts(); round++) {
            bench.progress("start: " + (round + 1) + " of " + bench.effort().starts());
            for (Contender contender : bench.inTurn(round)) {
                try (Server server =
                        bench.start(contender, bench.standIns().nginx().plain())) {
                    measured.add(contender, server.firstRowMs());
                }
            }
        }
        System.out.printf("%n### Start: %d times%n%n", bench.effort().starts());
        System.out.println("| contender | ms to the first stored row |");
        System.out.println("|---|--:|");
        for (Contender contender : bench.contenders()) {
            System.out.printf(
                    "| %s | %s |%n",
                    contender.name(), measured.spread(contender, ms -> ms).text(0));
        }
        bench.judge(
                Goal.atMost(GOAL_MS, "start to first stored row, ours, ms", measured.spread(bench.ours(), ms -> ms)));
    }
}
