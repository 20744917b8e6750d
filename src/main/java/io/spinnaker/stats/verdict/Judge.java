package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.verdict.Verdict.Tone;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges from a feature's numbers whether its use grows and whom a removal would affect.
 *
 * <p>Shares are judged with their uncertainty: each count has noise, and the instances that report are a sample of all
 * instances. The mean of three months is compared with that of the same months a year before. If a verdict depends on numbers
 * that are not published, on noise or on chance, it is "Too few to tell". The test {@code VerdictRatesTest} says how often
 * verdicts are right.
 */
final class Judge {

    /** With fewer instances in the last month, no share is certain enough. */
    private static final int MIN_INSTANCES = 100;

    private static final Set<String> CHANGES = Set.of(Verdict.GROWING, Verdict.SHRINKING, Verdict.NO_LONGER_REPORTED);

    private Judge() {}

    /**
     * The verdicts on one feature.
     *
     * @param traction whether its use grows
     * @param frequency whether its regular use grows; null unless that is certain and differs from its use
     * @param affected whom its removal would affect
     */
    record Verdicts(Verdict traction, @Nullable Verdict frequency, Verdict affected) {}

    static Verdicts judge(Series series) {
        Verdict none = noVerdict(series);
        if (none != null) {
            return new Verdicts(none, null, none);
        }
        Verdict traction = Traction.of(series, series.instances());
        return new Verdicts(traction, frequency(series, traction), Affected.of(series));
    }

    static Verdict tooFew(String explanation) {
        return new Verdict(Verdict.TOO_FEW_TO_TELL, Tone.FLAT, explanation);
    }

    static Verdict noData(String explanation) {
        return new Verdict(Verdict.NO_DATA, Tone.FLAT, explanation);
    }

    /** Says why nothing can be said about the last months; null if something can. */
    private static @Nullable Verdict noVerdict(Series series) {
        List<LocalDate> missing = series.missing(series.lastWindow());
        int months = series.months().size();
        if (months < Window.MONTHS || missing.size() == months) {
            return tooFew("A verdict needs %s of complete data.".formatted(Format.plural(Window.MONTHS, "month")));
        }
        if (!missing.isEmpty()) {
            return noData("There is no complete data for %s, so nothing can be said about the last three months."
                    .formatted(names(missing)));
        }
        long instances = Objects.requireNonNull(series.totals().getLast());
        if (instances < MIN_INSTANCES) {
            return tooFew(
                    ("%s reported in %s. A verdict needs at least %d, because the use of a few instances says little "
                                    + "about all others.")
                            .formatted(
                                    Format.plural(instances, "instance"),
                                    Format.month(series.lastMonth()),
                                    MIN_INSTANCES));
        }
        return null;
    }

    static String names(List<LocalDate> months) {
        return Format.list(months.stream().map(Format::month).toList());
    }

    private static @Nullable Verdict frequency(Series series, Verdict traction) {
        if (series.regular() == null) {
            return null;
        }
        Verdict frequency = Traction.of(series.with(Verb.USE_REGULARLY), series.regular());
        return CHANGES.contains(frequency.headline()) && !frequency.headline().equals(traction.headline())
                ? frequency
                : null;
    }

    /** The causes of differences that mean nothing. */
    static String causes(Series series) {
        return series.noise() ? "noise and chance" : "chance";
    }

    /** "Fewer than 5 instances used it in each of the three months to October 2026, possibly none." */
    static String hidden(Series series) {
        return "Fewer than %d instances %s in each of the three months to %s, possibly none."
                .formatted(series.threshold(), series.verb().past(), Format.month(series.lastMonth()));
    }
}
