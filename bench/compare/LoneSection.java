import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A request now and then, over TLS, which is what a service mostly gets that scales to zero. The contenders have theirs
 * in turn, so that each finds caches that others have used.
 */
final class LoneSection implements Section {

    private static final double CPU_GOAL = 1.5;
    private static final int AFTERWARDS_MS = 100; // for what is left to do once the answer is out

    private record Lone(double cpuMs, double latencyMs, double connections) {}

    @Override
    public void run(Bench bench) throws Exception {
        Effort effort = bench.effort();
        Warehouse warehouse = bench.standIns().counting().tls();
        Measurements<Lone> measured = new Measurements<>();
        try (Server ours = bench.start(bench.ours(), warehouse);
                Server go = bench.start(bench.go(), warehouse);
                Server node = bench.start(bench.node(), warehouse)) {
            Map<Contender, Server> servers = Map.of(bench.ours(), ours, bench.go(), go, bench.node(), node);
            long pauseMs = effort.loneEvery().toMillis() / servers.size() - AFTERWARDS_MS;
            for (int round = 0; round < effort.lone(); round++) {
                bench.progress("lone: " + (round + 1) + " of " + effort.lone());
                for (Contender contender : bench.contenders()) {
                    Thread.sleep(pauseMs);
                    measured.add(contender, lone(bench, servers.get(contender)));
                }
            }
        }
        print(bench, measured);
        bench.judge(Goal.atMost(
                CPU_GOAL,
                "CPU of a lone request over TLS, ours : Go",
                measured.ratio(bench.ours(), bench.go(), Lone::cpuMs)));
        double most = measured.spread(bench.ours(), Lone::connections).max();
        bench.judge(Goal.atMost(0, "new connections for a lone request at most, ours", Spread.of(List.of(most))));
    }

    private static Lone lone(Bench bench, Server server) throws Exception {
        CountingStandIn.Seen seen = bench.standIns().counting().seen();
        Map<Path, Long> cpuBefore = server.cpuNanosOfThreads();
        long start = System.nanoTime();
        try (Connection connection = new Connection(server.port())) {
            connection.post(bench.payloads().usual());
        }
        double latencyMs = (System.nanoTime() - start) / 1e6;
        Thread.sleep(AFTERWARDS_MS);
        long cpuNanos = 0;
        for (Map.Entry<Path, Long> thread : server.cpuNanosOfThreads().entrySet()) {
            cpuNanos += thread.getValue() - cpuBefore.getOrDefault(thread.getKey(), 0L);
        }
        long connections = bench.standIns().counting().seen().since(seen).connections();
        return new Lone(cpuNanos / 1e6, latencyMs, connections);
    }

    private static void print(Bench bench, Measurements<Lone> measured) {
        System.out.printf(
                "%n### Lone requests: %d, one every %d s, over TLS%n%n",
                bench.effort().lone(), bench.effort().loneEvery().toSeconds());
        System.out.println("| contender | CPU ms a request | latency ms | new connections to BigQuery a request |");
        System.out.println("|---|--:|--:|--:|");
        for (Contender contender : bench.contenders()) {
            System.out.printf(
                    "| %s | %s | %s | %s |%n",
                    contender.name(),
                    measured.spread(contender, Lone::cpuMs).text(2),
                    measured.spread(contender, Lone::latencyMs).text(2),
                    measured.spread(contender, Lone::connections).text(0));
        }
    }
}
