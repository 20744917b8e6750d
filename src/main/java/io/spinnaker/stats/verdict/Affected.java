package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.verdict.Verdict.Tone;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Judges whom a removal would affect. The headline follows from the largest share that noise and chance allow, so that neither
 * of them ever makes fewer instances of many. The last three months must have complete data.
 */
final class Affected {

    static final String FEW = "Few instances, if any";
    static final String SOME = "Some instances";
    static final String MANY = "Many instances";

    /** Few instances: at most this number, or at most this share of all. */
    private static final double FEW_INSTANCES = 15;

    private static final double FEW_SHARE = 0.05;

    /** Many instances: this share of all or more. */
    private static final double MANY_SHARE = 0.25;

    /** The noise that is allowed for in full: three standard deviations. */
    private static final double NOISE_ALLOWANCE = 3 * Share.NOISE_DEVIATION;

    /** Standard deviations of the range that a share is in. */
    private static final double CERTAIN_SHARE = 1.64;

    private Affected() {}

    static Verdict of(Series series) {
        Share now = Share.of(series, series.instances(), series.lastWindow());
        Range range = Range.of(now, series.noise());
        String use = now.isHidden()
                ? Judge.hidden(series)
                : "%s Allowing for %s, %s to %s of instances %s in the three months to %s."
                        .formatted(
                                describeUse(series),
                                Judge.causes(series),
                                Format.percent(range.least),
                                Format.percent(range.most),
                                series.verb().past(),
                                Format.month(series.lastMonth()));
        return new Verdict(headline(range), Tone.FLAT, use + " Instances that do not report are not counted.");
    }

    private static String headline(Range range) {
        if (range.most * range.instances <= Math.max(FEW_INSTANCES, FEW_SHARE * range.instances)) {
            return FEW;
        }
        return range.most < MANY_SHARE ? SOME : MANY;
    }

    /**
     * The range that a share is in, with the full noise in the unfavorable direction and with chance.
     *
     * @param instances all instances, at least
     */
    private record Range(double instances, double least, double most) {

        static Range of(Share share, boolean noise) {
            double allowance = noise ? NOISE_ALLOWANCE : 0;
            double smallest = Math.max(1, share.instances() - allowance);
            double fewest = Math.max(0, share.low() * share.instances() - allowance);
            double largest = Math.min(smallest, share.high() * share.instances() + allowance);
            return new Range(
                    smallest,
                    Math.max(0, fewest - chance(fewest, share.instances())) / share.instances(),
                    Math.min(1, (largest + chance(largest, smallest)) / smallest));
        }

        private static double chance(double count, double all) {
            return CERTAIN_SHARE * Math.sqrt(Math.max(0, count * (1 - count / all)));
        }
    }

    /**
     * "In October 2026, 96 of 300 instances (32%) used it, 40 of them regularly (30 runs or more), and 9 saw more than 10% of its
     * runs fail."
     */
    private static String describeUse(Series series) {
        Long used = series.instances().getLast();
        long total = Objects.requireNonNull(series.totals().getLast());
        StringBuilder text = new StringBuilder("In %s, %s of %s instances%s %s"
                .formatted(
                        Format.month(series.lastMonth()),
                        orFewer(series, used),
                        Format.number(total),
                        used == null ? "" : " (%s)".formatted(Format.percent(Math.min(1, (double) used / total))),
                        series.verb().past()));
        if (series.regular() != null) {
            text.append(", %s of them regularly (30 runs or more)"
                    .formatted(orFewer(series, series.regular().getLast())));
        }
        if (series.failing() != null) {
            text.append(", and %s saw more than 10%% of its runs fail"
                    .formatted(orFewer(series, series.failing().getLast())));
        }
        return text.append('.').toString();
    }

    private static String orFewer(Series series, @Nullable Long number) {
        return number == null ? "fewer than %d".formatted(series.threshold()) : Format.number(number);
    }
}
