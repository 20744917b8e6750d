package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.AllowLists.Release;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in words what a picture shows. */
final class Caption {

    private static final int NAMED = 3;

    private final ChartData data;
    private final Measure measure;
    private final LocalDate last;
    private final long total;

    private Caption(ChartData data) {
        this.data = data;
        this.measure = Measure.of(data.chart());
        this.last = data.lastPeriod().orElseThrow();
        this.total = Objects.requireNonNull(data.total(last));
    }

    /** One or two sentences. */
    static String of(ChartData data) {
        if (Pictures.isEmpty(data)) {
            return "No numbers yet.";
        }
        Caption caption = new Caption(data);
        return switch (data.chart().view()) {
            case BARS -> caption.bars();
            case TREND -> {
                if (data.chart().period() == ChartPeriod.DAY) {
                    WeeklyPlot weeks = WeeklyPlot.of(data);
                    yield withGaps(weeks.caption(), weeks.explainGaps());
                }
                yield withGaps(caption.trend(), TrendPlot.explainGaps(data));
            }
            case AGE -> withGaps(caption.age(), TrendPlot.explainGaps(data));
        };
    }

    private static String withGaps(String text, @Nullable String gaps) {
        return gaps == null ? text : text + " " + gaps;
    }

    private String ofInstances() {
        return Format.month(last) + ", of " + Format.plural(total, "instance");
    }

    private String bars() {
        List<String> top = Bars.of(data).bars().stream()
                .filter(bar -> !Labels.isGrey(bar.label()))
                .sorted(Comparator.comparingDouble(bar -> -bar.value()))
                .limit(NAMED)
                .map(bar -> Format.printable(bar.label()) + " (" + measure.format(bar.value()) + ")")
                .toList();
        String text = ofInstances() + (measure == Measure.MEAN_SHARE ? ", mean share: " : ": ")
                + (top.isEmpty() ? "no label is shown" : String.join(", ", top)) + ".";
        List<String> newer = data.timeline().stream()
                .filter(period -> period.isAfter(last))
                .map(Format::month)
                .toList();
        return newer.isEmpty() ? text : text + " No complete data for " + Format.list(newer) + ".";
    }

    private String trend() {
        LocalDate before = before(data.chart().period().plus(last, -12));
        String month = Format.month(last);
        if (measure == Measure.COUNT) {
            Long then = before == null ? null : data.total(before);
            return Format.plural(total, "instance") + " in " + month
                    + (then == null ? "" : ", " + Format.number(then) + " " + when(before)) + ".";
        }
        Optional<String> top = data.points(last).stream()
                .map(point -> point.label())
                .filter(label -> !Labels.isGrey(label))
                .min(Comparator.<String>comparingDouble(label -> -valueOrZero(label))
                        .thenComparing(label -> label));
        if (top.isEmpty()) {
            return ofInstances() + ".";
        }
        String label = top.get();
        String text = ofInstances()
                + (measure == Measure.MEAN_SHARE ? ", mean share of " : ": ")
                + Format.printable(label)
                + (measure == Measure.MEAN_SHARE ? ": " : " ")
                + measure.format(valueOrZero(label));
        Double then = before == null
                ? null
                : measure.values(data, label, List.of(before)).getFirst();
        return text + (then == null ? "" : ", " + measure.format(then) + " " + when(before)) + ".";
    }

    private double valueOrZero(String label) {
        Double value = measure.values(data, label, List.of(last)).getFirst();
        return value == null ? 0 : value;
    }

    /** The month a year before if it has data, otherwise the first one with data; null if that is the last one. */
    private @Nullable LocalDate before(LocalDate yearBefore) {
        return TrendPlot.months(data).stream()
                .filter(period -> period.isBefore(last) && data.total(period) != null)
                .min(Comparator.comparing((LocalDate period) -> !period.equals(yearBefore))
                        .thenComparing(period -> period))
                .orElse(null);
    }

    private String when(@Nullable LocalDate before) {
        LocalDate period = Objects.requireNonNull(before);
        return period.equals(data.chart().period().plus(last, -12)) ? "a year before" : "in " + Format.month(period);
    }

    private String age() {
        String label = AgePlot.newestLabels(data).stream()
                .filter(each -> data.points(last).stream()
                        .anyMatch(point -> point.label().equals(each)))
                .findFirst()
                .orElse(null);
        Release release = label == null ? null : AgePlot.releaseOf(label);
        if (label == null || release == null) {
            return ofInstances() + ".";
        }
        return ofInstances() + ": " + measure.format(valueOrZero(label)) + " on " + label + ", "
                + Format.plural(AgePlot.age(release, last), "month") + " after its release.";
    }
}
