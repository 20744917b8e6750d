import java.util.List;

/** What has to be deployed. */
final class SizeSection implements Section {

    private static final double GOAL_MB = 62;

    @Override
    public void run(Bench bench) throws Exception {
        System.out.printf("%n### Size%n%n| contender | MB |%n|---|--:|%n");
        for (Contender contender : bench.contenders()) {
            System.out.printf("| %s | %.1f |%n", contender.name(), contender.megabytes());
        }
        System.out.println("\nNode's is that of the packages; Node itself comes on top.");
        Spread ours = Spread.of(List.of(bench.ours().megabytes()));
        bench.judge(Goal.atMost(GOAL_MB, "size of the executable, ours, MB", ours));
    }
}
