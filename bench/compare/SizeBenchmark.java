package compare;

import common.Summary;
import java.util.List;

/** Size of the code to deploy. */
final class SizeBenchmark implements Benchmark {

    private static final double GOAL_MB = 62;

    @Override
    public void run(BenchmarkContext context) throws Exception {
        System.out.printf("%n### Size%n%n| implementation | MB |%n|---|--:|%n");
        for (Implementation implementation : context.implementations()) {
            System.out.printf("| %s | %.1f |%n", implementation.name(), implementation.megabytes());
        }
        System.out.println("\nThe size for Node is that of the packages, without Node itself.");
        Summary size = Summary.of(List.of(context.java().megabytes()));
        context.addGoal(Goal.atMost(GOAL_MB, "size of the executable, Java, MB", size));
    }
}
