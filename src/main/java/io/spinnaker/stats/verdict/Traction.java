package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.verdict.Verdict.Tone;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Judges whether more instances use a feature than a year before. The last three months must have complete data. */
final class Traction {

    private static final int YEAR = 12;

    /** Standard deviations of a change beyond which it is neither noise nor chance. */
    private static final double CERTAIN_CHANGE = 2.2;

    /** Relative changes that are too small to be called growing or shrinking. */
    private static final double MIN_RELATIVE_CHANGE = 0.15;

    /** A feature is stable if its share cannot have changed by this part of it, give or take this number of standard deviations. */
    private static final double MAX_STABLE_CHANGE = 0.5;

    private static final double CERTAIN_STABILITY = 1;

    private final Series series;
    private final List<@Nullable Long> counts;
    private final Share now;

    private Traction(Series series, List<@Nullable Long> counts) {
        this.series = series;
        this.counts = counts;
        this.now = Share.of(series, counts, series.lastWindow());
    }

    /** Judges some numbers of a series: those of instances, or those of regular users. */
    static Verdict of(Series series, List<@Nullable Long> counts) {
        Traction traction = new Traction(series, counts);
        return traction.now.isHidden() ? traction.ofHidden() : traction.ofPublished();
    }

    private Verdict ofPublished() {
        int months = series.months().size();
        int yearBefore = months - YEAR - Window.MONTHS;
        Window window = Window.from(Math.max(yearBefore, Series.firstIndex(series.totals())));
        if (window.end() + Window.MONTHS > months) {
            return Judge.tooFew("%s A comparison needs %s of data."
                    .formatted(evidence(""), Format.plural(2L * Window.MONTHS, "month")));
        }
        List<LocalDate> missing = series.missing(window);
        if (!missing.isEmpty()) {
            return Judge.noData("There is no complete data for %s, so the last months cannot be compared with %s."
                    .formatted(
                            Judge.names(missing), window.start() == yearBefore ? "a year before" : "the first ones"));
        }
        Share before = Share.of(series, counts, window);
        String since = window.start() == yearBefore
                ? "a year before"
                : "in the three months to " + Format.month(series.months().get(window.last()));
        return compare(before, evidence(", %s %s".formatted(shareOrFew(before), since)));
    }

    private Verdict compare(Share before, String evidence) {
        Tone change = change(before, series.noise());
        if (change != Tone.FLAT) {
            return new Verdict(
                    change == Tone.UP ? Verdict.GROWING : Verdict.SHRINKING,
                    change,
                    "%s The difference is more than %s would make.".formatted(evidence, Judge.causes(series)));
        }
        if (isStable(before)) {
            return new Verdict(
                    Verdict.STABLE, Tone.FLAT, evidence + " It has probably not changed by half of its share or more.");
        }
        double points = Math.ceil(100 * CERTAIN_CHANGE * before.deviation(now, series.noise()));
        return Judge.tooFew("%s By %s alone, it can change by %s."
                .formatted(evidence, Judge.causes(series), Format.plural((long) points, "percentage point")));
    }

    /** The direction of a change that is large, and neither noise nor chance; flat if there is none. */
    private Tone change(Share before, boolean noise) {
        double certain = CERTAIN_CHANGE * before.deviation(now, noise);
        if (now.low() - before.high() > Math.max(certain, MIN_RELATIVE_CHANGE * before.high())) {
            return Tone.UP;
        }
        return before.low() - now.high() > Math.max(certain, MIN_RELATIVE_CHANGE * before.low())
                ? Tone.DOWN
                : Tone.FLAT;
    }

    /** Whether a large change is improbable. A change that only noise makes uncertain does not count as stable. */
    private boolean isStable(Share before) {
        double largest = Math.max(now.high() - before.low(), before.high() - now.low());
        double margin = CERTAIN_STABILITY * before.deviation(now, series.noise());
        return largest + margin < MAX_STABLE_CHANGE * before.low() && change(before, false) == Tone.FLAT;
    }

    /** The verdict on a feature that too few instances use now. */
    private Verdict ofHidden() {
        int last = Series.lastIndex(counts);
        String fewer = Judge.hidden(series);
        if (last < 0) {
            return never(fewer);
        }
        Optional<Share> peak = peak();
        if (peak.isEmpty()
                || peak.get().low() - now.high() <= CERTAIN_CHANGE * peak.get().deviation(now, series.noise())) {
            return Judge.tooFew(
                    "%s It never had many more, so %s can explain the fall.".formatted(fewer, Judge.causes(series)));
        }
        return new Verdict(
                Verdict.NO_LONGER_REPORTED,
                Tone.DOWN,
                "%s The last month with at least %d was %s. At its peak, a mean of %s of instances %s over three months."
                        .formatted(
                                fewer,
                                series.threshold(),
                                Format.month(series.months().get(last)),
                                Format.percent(peak.get().middle()),
                                series.verb().past()));
    }

    /** "Never reported", unless it can have been reported in a month without data. */
    private Verdict never(String fewer) {
        int first = Series.firstIndex(series.totals());
        long missing =
                series.totals().stream().skip(first).filter(Objects::isNull).count();
        return missing > 0
                ? Judge.tooFew("%s Before, %s had no complete data.".formatted(fewer, Format.plural(missing, "month")))
                : new Verdict(
                        Verdict.NEVER_REPORTED,
                        Tone.FLAT,
                        "Fewer than %d instances %s in each month since %s, possibly none."
                                .formatted(
                                        series.threshold(),
                                        series.verb().past(),
                                        Format.month(series.months().get(first))));
    }

    /** The largest share of three months in a row, all with data; empty if there are none. */
    private Optional<Share> peak() {
        return IntStream.rangeClosed(0, series.months().size() - Window.MONTHS)
                .mapToObj(Window::from)
                .filter(window -> series.missing(window).isEmpty())
                .map(window -> Share.of(series, counts, window))
                .max(Comparator.comparingDouble(Share::low));
    }

    private String shareOrFew(Share share) {
        return share.isHidden()
                ? "fewer than %d instances".formatted(series.threshold())
                : Format.percent(Math.min(1, share.middle()));
    }

    /** "In the three months to October 2026, 32% of instances used it, 28% a year before." */
    private String evidence(String comparison) {
        return "In the three months to %s, %s of instances %s%s."
                .formatted(
                        Format.month(series.lastMonth()),
                        Format.percent(Math.min(1, now.middle())),
                        series.verb().past(),
                        comparison);
    }
}
