import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** As many requests as get through, on few and on many connections, to each stand-in. */
final class LoadSection implements Section {

    private static final List<Integer> CONNECTIONS = List.of(16, 64, 1);
    private static final Map<Integer, Double> CPU_GOALS = Map.of(16, 1.0, 64, 0.75, 1, 1.3);
    private static final Map<Integer, Double> FAR_CPU_GOALS = Map.of(16, 1.1, 64, 0.8);
    private static final int SETTLING_MS = 100; // for rows under way whose clients have hung up
    private static final double PERCENTILE_GOAL = 1.0;
    private static final double FAR_PERCENTILE_GOAL = 1.1;

    private record Load(double perSecond, double medianMs, double percentile99Ms, double cpuMs) {}

    @Override
    public void run(Bench bench) throws Exception {
        Warehouse slow = bench.standIns().slow().plain();
        for (Warehouse warehouse : List.of(
                bench.standIns().nginx().plain(), slow, bench.standIns().nginx().tls())) {
            Map<Integer, Measurements<Load>> measured = new TreeMap<>();
            for (int round = 0; round < bench.effort().rounds(); round++) {
                for (Contender contender : bench.inTurn(round)) {
                    bench.progress("load: " + warehouse.name() + ", round " + (round + 1) + ", " + contender.name());
                    try (Server server = bench.start(contender, warehouse)) {
                        for (int connections : CONNECTIONS) {
                            measured.computeIfAbsent(connections, absent -> new Measurements<>())
                                    .add(contender, load(bench, warehouse, server, connections));
                        }
                    }
                }
            }
            print(bench, warehouse, measured);
            judge(bench, warehouse, warehouse.equals(slow), measured);
        }
    }

    private static Load load(Bench bench, Warehouse warehouse, Server server, int connections) throws Exception {
        if (bench.effort().warmUpSeconds() > 0) {
            Wrk.run(server.port(), connections, bench.effort().warmUpSeconds(), bench.payloads());
        }
        Thread.sleep(SETTLING_MS);
        CountingStandIn slow = bench.standIns().slow();
        CountingStandIn.Seen seen = slow.seen();
        double cpuMs = server.cpuMs();
        Wrk.Outcome outcome = Wrk.run(server.port(), connections, bench.effort().seconds(), bench.payloads());
        cpuMs = server.cpuMs() - cpuMs;
        if (warehouse.equals(slow.plain())) {
            check(slow.seen().since(seen).rows(), outcome.requests(), connections);
        }
        return new Load(
                outcome.requests() / outcome.seconds(),
                outcome.medianMs(),
                outcome.percentile99Ms(),
                cpuMs / outcome.requests());
    }

    /** wrk hangs up at its end, so that on each connection a row may be stored of which it has no answer. */
    private static void check(long rows, long requests, int connections) {
        if (rows < requests || rows > requests + connections) {
            throw new IllegalStateException(rows + " rows for " + requests + " requests");
        }
    }

    private static void print(Bench bench, Warehouse warehouse, Map<Integer, Measurements<Load>> measured) {
        System.out.printf("%n### Load, BigQuery: %s%n%n", warehouse.name());
        System.out.println("| connections | contender | requests/s | p50 ms | p99 ms | CPU ms a request |");
        System.out.println("|--:|---|--:|--:|--:|--:|");
        measured.forEach((connections, loads) -> {
            for (Contender contender : bench.contenders()) {
                System.out.printf(
                        "| %d | %s | %s | %s | %s | %s |%n",
                        connections,
                        contender.name(),
                        loads.spread(contender, Load::perSecond).text(0),
                        loads.spread(contender, Load::medianMs).text(2),
                        loads.spread(contender, Load::percentile99Ms).text(2),
                        loads.spread(contender, Load::cpuMs).text(3));
            }
        });
    }

    private static void judge(
            Bench bench, Warehouse warehouse, boolean far, Map<Integer, Measurements<Load>> measured) {
        Map<Integer, Double> cpuGoals = far ? FAR_CPU_GOALS : CPU_GOALS;
        measured.forEach((connections, loads) -> {
            String where = ", BigQuery " + warehouse.name() + ", connections: " + connections;
            if (cpuGoals.containsKey(connections)) {
                bench.judge(Goal.atMost(
                        cpuGoals.get(connections),
                        "CPU a request, ours : Go" + where,
                        loads.ratio(bench.ours(), bench.go(), Load::cpuMs)));
            }
            if (connections > 1) {
                bench.judge(Goal.atLeast(
                        1.0, "requests/s, ours : Go" + where, loads.ratio(bench.ours(), bench.go(), Load::perSecond)));
                bench.judge(Goal.atMost(
                        far ? FAR_PERCENTILE_GOAL : PERCENTILE_GOAL,
                        "p99, ours : Go" + where,
                        loads.ratio(bench.ours(), bench.go(), Load::percentile99Ms)));
            }
        });
    }
}
