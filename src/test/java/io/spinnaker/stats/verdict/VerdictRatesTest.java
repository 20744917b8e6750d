package io.spinnaker.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.verdict.Community.Count;
import io.spinnaker.stats.verdict.Community.Report;
import io.spinnaker.stats.verdict.Community.Trend;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the verdicts are right, in communities whose true trends are known.
 *
 * <p>Measured with 1,000 communities per line, in percent of verdicts: right / too few to tell / wrong. Features are used by 5 %
 * to 90 % of instances, small shares being more frequent; growing ones double or triple in a year or are new, shrinking ones
 * lose a half or two thirds. "rare" is 0.2 % to 2 %: right is "Stable", or "Never reported" if there were never more than a
 * few.
 *
 * <pre>
 * instances    30            100                 300                 1,000
 * stable       0 / 100 / 0   31.2 / 68.7 / 0.1   87.8 / 12.0 / 0.2    99.3 / 0.7 / 0
 * growing      0 / 100 / 0   36.7 / 63.2 / 0.1   96.7 /  3.2 / 0.1   100   / 0   / 0
 * shrinking    0 / 100 / 0   35.6 / 63.5 / 0.9   93.7 /  5.7 / 0.6   100   / 0   / 0
 * gone         0 / 100 / 0   37.2 / 62.8 / 0     98.7 /  1.3 / 0     100   / 0   / 0
 * never        0 / 100 / 0   53.5 / 46.5 / 0    100   /  0   / 0     100   / 0   / 0
 * rare         0 / 100 / 0   40.3 / 59.7 / 0     31.6 / 68.4 / 0      14.2 / 85.8 / 0
 * </pre>
 *
 * <p>Of 300 instances, features used by 5 % to 10 % are the hardest: 58 % of the stable ones and 95 % of those that are gone get
 * the right verdict, the others "Too few to tell". From 10 % to 20 % it is 76 % (shrinking) to 100 % (gone). Even if all
 * instances are others after a year, at most 1.6 % of the verdicts on one trend, and at most 1 % of all, are wrong.
 */
class VerdictRatesTest {

    private static final int RUNS = 300;
    private static final Set<String> NO_VERDICT = Set.of("Too few to tell", "No data");

    /** The shares of right and of wrong verdicts. */
    private record Rates(double right, double wrong) {}

    /** The quality of all verdicts on a feature: wrong if one of them is. */
    private enum Outcome {
        RIGHT,
        TOO_FEW,
        WRONG
    }

    @ParameterizedTest(name = "at most 1 of 100 verdicts on {1} features of {0} instances is wrong, {2} are right")
    @CsvSource({
        "30, STABLE, 0",
        "30, GROWING, 0",
        "30, SHRINKING, 0",
        "30, GONE, 0",
        "30, NEVER, 0",
        "30, RARE, 0",
        "100, STABLE, 0.25",
        "100, GROWING, 0.3",
        "100, SHRINKING, 0.29",
        "100, GONE, 0.3",
        "100, NEVER, 0.45",
        "100, RARE, 0.3",
        "300, STABLE, 0.84",
        "300, GROWING, 0.93",
        "300, SHRINKING, 0.9",
        "300, GONE, 0.96",
        "300, NEVER, 0.99",
        "300, RARE, 0.25",
        "1000, STABLE, 0.98",
        "1000, GROWING, 0.99",
        "1000, SHRINKING, 0.99",
        "1000, GONE, 0.99",
        "1000, NEVER, 0.99",
        "1000, RARE, 0.1"
    })
    void isRarelyWrongAndOftenRight(int size, Trend trend, double minRight) {
        Rates rates = measure(size, trend);
        assertThat(rates.wrong()).as("wrong").isLessThanOrEqualTo(0.01);
        assertThat(rates.right()).as("right").isGreaterThanOrEqualTo(minRight);
    }

    private static Rates measure(int size, Trend trend) {
        int right = 0;
        int wrong = 0;
        for (int run = 0; run < RUNS; run++) {
            NoiseSource random = new NoiseSource(run * 1009 + size);
            Report report = Community.report(random, size, trend.pick(random));
            Outcome outcome = assess(trend, Judge.judge(report.series()), report.truth());
            right += outcome == Outcome.RIGHT ? 1 : 0;
            wrong += outcome == Outcome.WRONG ? 1 : 0;
        }
        return new Rates((double) right / RUNS, (double) wrong / RUNS);
    }

    private static Outcome assess(Trend trend, Judge.Verdicts verdicts, List<Count> truth) {
        boolean isUnknown = NO_VERDICT.contains(verdicts.traction().headline());
        boolean isWrong = (!isUnknown && !isRight(trend, verdicts.traction(), truth, Count::instances))
                || (verdicts.frequency() != null && !isRight(trend, verdicts.frequency(), truth, Count::regular))
                || isWrongAboutRemoval(verdicts.affected(), truth);
        if (isWrong) {
            return Outcome.WRONG;
        }
        return isUnknown ? Outcome.TOO_FEW : Outcome.RIGHT;
    }

    /** Whether a verdict on a number of instances is right about the trend, or about what fewer than 5 instances are. */
    private static boolean isRight(Trend trend, Verdict verdict, List<Count> truth, ToLongFunction<Count> number) {
        boolean isRare = recent(truth, number) < 5;
        boolean wasRare = truth.stream().mapToLong(number).allMatch(count -> count < 10);
        String expected = switch (trend) {
            case STABLE, RARE -> "Stable";
            case GROWING -> "Growing";
            case SHRINKING -> "Shrinking";
            case GONE -> "No longer reported";
            case NEVER -> "Never reported";
        };
        return verdict.headline().equals(expected)
                || (verdict.headline().equals("No longer reported") && isRare && !wasRare)
                || (verdict.headline().equals("Never reported") && isRare && wasRare);
    }

    /** Whether the verdict claims fewer instances than there are, or many more. */
    private static boolean isWrongAboutRemoval(Verdict verdict, List<Count> truth) {
        double count = recent(truth, Count::instances);
        double share = count / recent(truth, Count::total);
        return switch (verdict.headline()) {
            case "Few instances, if any" -> share > 0.05 && count > 15;
            case "Some instances" -> share > 0.25;
            case "Many instances" -> share < 0.125;
            default -> false;
        };
    }

    /** The mean of a true number in the last three months. */
    private static double recent(List<Count> truth, ToLongFunction<Count> number) {
        return truth.subList(truth.size() - 3, truth.size()).stream()
                .mapToLong(number)
                .average()
                .orElseThrow();
    }
}
