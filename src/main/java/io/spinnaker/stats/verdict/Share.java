package io.spinnaker.stats.verdict;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * An estimate of the share of instances that use a feature, from the mean of some months. A number that is not published is
 * between 0 and the threshold.
 *
 * @param instances the mean of all instances
 * @param low the share if no instance is behind the numbers that are not published
 * @param high the share if as many as possible are
 * @param isHidden whether none of the numbers is published
 */
record Share(double instances, double low, double high, boolean isHidden) {

    /** The standard deviation of a number's noise. */
    static final double NOISE_DEVIATION = 1.4;

    /** Estimates the share. Each month of the window must have a total. */
    static Share of(Series series, List<@Nullable Long> counts, Window window) {
        double instances = mean(window, i -> orElse(series.totals().get(i), 0));
        double low = mean(window, i -> orElse(counts.get(i), 0));
        double high = mean(window, i -> orElse(counts.get(i), series.threshold() - 1));
        return new Share(
                instances, low / instances, high / instances, window.indexes().allMatch(i -> counts.get(i) == null));
    }

    private static double mean(Window window, IntToDoubleFunction value) {
        return window.indexes().mapToDouble(value).average().orElse(0);
    }

    private static double orElse(@Nullable Long number, long otherwise) {
        return number == null ? otherwise : number;
    }

    /** The middle between both bounds. */
    double middle() {
        return (low + high) / 2;
    }

    /** The standard deviation of the difference to another share, by chance and, if the numbers have it, by noise. */
    double deviation(Share other, boolean noise) {
        return Math.sqrt(variance(noise) + other.variance(noise));
    }

    private double variance(boolean noise) {
        double share =
                (Math.min(1, middle()) * instances + 1) / (instances + 2); // if nobody used it, somebody could have
        double ofNoise = noise ? NOISE_DEVIATION / instances : 0;
        return share * (1 - share) / instances + ofNoise * ofNoise;
    }
}
