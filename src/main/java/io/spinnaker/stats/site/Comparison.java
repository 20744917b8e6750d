package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Format;
import org.jspecify.annotations.Nullable;

/** Compares numbers of instances, in words. */
final class Comparison {

    /** Smaller differences between two numbers of instances can come from their noise. */
    private static final int MIN_DIFFERENCE = 7;

    private Comparison() {}

    /** A part of a total in whole percent. Both have noise, so the part can be larger. */
    static String percent(long part, long total) {
        return Format.percent(Math.min(1, part / (double) total));
    }

    /** ", 12% more than a year before"; empty if the number of that time is null. */
    static String withYearBefore(long now, @Nullable Long before) {
        if (before == null) {
            return "";
        }
        if (Math.abs(now - before) < MIN_DIFFERENCE) {
            return ", about as many as a year before";
        }
        String change = Format.percent(Math.abs(now / (double) before - 1));
        return ", %s %s than a year before".formatted(change, now > before ? "more" : "fewer");
    }
}
