package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Chart.Labels;
import io.spinnaker.stats.charts.Chart.Order;
import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.site.Change.Kind;
import io.spinnaker.stats.verdict.Feature;
import io.spinnaker.stats.verdict.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the notable changes of a month: it compares the verdicts at its end with those at the end of the months before. */
final class Changes {

    /** The headlines of verdicts that are changes. */
    private static final Map<String, Kind> KINDS = Map.of(
            Verdict.GROWING, Kind.GROWING,
            Verdict.SHRINKING, Kind.SHRINKING,
            Verdict.NO_LONGER_REPORTED, Kind.NO_LONGER_REPORTED);

    /** Shares of instances, in percent, that are notable when a release reaches them. */
    private static final List<Integer> NOTABLE_SHARES = List.of(50, 25, 10);

    private Changes() {}

    /** The changes of the month; none if its data is not complete, or if no earlier month has complete data. */
    static List<Change> of(History history, LocalDate month) {
        Published published = history.at(month);
        if (!history.isComplete(month) || isFirst(published, month)) {
            return List.of();
        }
        List<Map<String, Verdict>> before = IntStream.rangeClosed(1, History.MONTHS_BETWEEN_CHANGES)
                .mapToObj(months -> tractions(history.features(month.minusMonths(months))))
                .toList();
        List<Change> changes = new ArrayList<>(releases(published, month));
        history.features(month).stream()
                .filter(feature -> isNotable(feature.chart()) && Format.isValue(feature.label()))
                .sorted(Comparator.comparing(Feature::instances, Comparator.nullsLast(Comparator.<Long>reverseOrder())))
                .forEach(feature -> addChange(feature, month, published, before, changes));
        changes.sort(Comparator.comparing(Change::kind));
        return changes;
    }

    /** Whether no earlier month of the view has complete data. */
    static boolean isFirst(Published published, LocalDate month) {
        ChartData instances = History.instances(published);
        return instances.periods().stream()
                .allMatch(period -> !period.isComplete() || !period.period().isBefore(month));
    }

    /**
     * Whether the chart is about what people use or chose. Releases always come and go, and sizes and the quality of the data
     * are not features.
     */
    static boolean isNotable(Chart chart) {
        return chart.feature() != null
                || (chart.period() == ChartPeriod.MONTH
                        && chart.order() == Order.VALUE
                        && chart.labels() == Labels.EXCLUSIVE);
    }

    private static Map<String, Verdict> tractions(List<Feature> features) {
        return features.stream()
                .filter(feature -> feature.traction() != null)
                .collect(Collectors.toMap(Changes::key, feature -> Objects.requireNonNull(feature.traction())));
    }

    /** The kind of change that the verdict is; null if it is about something else. */
    static @Nullable Kind kind(Verdict verdict) {
        return KINDS.get(verdict.headline());
    }

    private static String key(Feature feature) {
        return feature.chart().name() + "/" + feature.label();
    }

    private static void addChange(
            Feature feature,
            LocalDate month,
            Published published,
            List<Map<String, Verdict>> before,
            List<Change> changes) {
        if (month.equals(feature.firstReported())) {
            changes.add(Change.of(month, Kind.FIRST_REPORTED, feature, firstNumbers(feature, published)));
            return;
        }
        Verdict traction = feature.traction();
        Kind kind = traction == null ? null : kind(traction);
        if (traction == null || kind == null) {
            return;
        }
        List<String> earlier = before.stream()
                .map(tractions -> tractions.get(key(feature)))
                .filter(verdict -> verdict != null && !verdict.headline().equals(Verdict.NO_DATA))
                .map(verdict -> verdict.headline())
                .toList();
        if (!earlier.isEmpty() && !earlier.contains(traction.headline())) {
            changes.add(Change.of(month, kind, feature, traction.explanation()));
        }
    }

    private static String firstNumbers(Feature feature, Published published) {
        LocalDate month = Objects.requireNonNull(feature.firstReported());
        long instances = Objects.requireNonNull(feature.instances());
        long total = published.charts().stream()
                .filter(data -> data.chart().equals(feature.chart()))
                .map(data -> data.total(month))
                .findFirst()
                .map(Objects::requireNonNull)
                .orElseThrow();
        return "In %s, %s instances (%s) used it, after fewer than %d in each month with complete data since %s."
                .formatted(
                        Format.month(month),
                        Format.number(instances),
                        Comparison.percent(instances, total),
                        published.options().threshold(),
                        Format.month(History.instances(published)
                                .periods()
                                .getFirst()
                                .period()));
    }

    /** Releases that this share of instances runs, or a newer one, for the first time. */
    private static List<Change> releases(Published published, LocalDate month) {
        return published.charts().stream()
                .filter(data -> data.chart().labels() == Labels.CUMULATIVE)
                .flatMap(data -> data.labels().stream().flatMap(label -> release(data, label, month).stream()))
                .toList();
    }

    private static List<Change> release(ChartData data, String label, LocalDate month) {
        if (data.total(month) == null) {
            return List.of();
        }
        List<@Nullable Double> shares = shares(data, label); // the month is the last one of the view
        Double now = shares.getLast();
        if (now == null) {
            return List.of();
        }
        double most = mostBefore(data, label);
        boolean hasEarlierData = data.periods().stream()
                .anyMatch(period -> period.isComplete() && period.period().isBefore(month));
        return NOTABLE_SHARES.stream()
                .filter(percent ->
                        hasEarlierData && Math.round(100 * now) >= percent && Math.round(100 * most) < percent)
                .limit(1)
                .map(percent -> new Change(
                        month,
                        Kind.RELEASE,
                        data.chart(),
                        label,
                        "on at least %d%% of instances".formatted(percent),
                        "In %s, %s of instances ran this release or a newer one, for the first time at least %d%%%s."
                                .formatted(Format.month(month), Format.percent(now), percent, monthBefore(shares))))
                .toList();
    }

    /**
     * The largest share that ran the release or a newer one in earlier months, as far as it is published. A month in which too few
     * instances run the release itself has no such label; then those of newer releases tell the share at least.
     */
    private static double mostBefore(ChartData data, String label) {
        return data.labels().stream()
                .filter(each -> Format.BY_NUMBERS.compare(each, label) >= 0)
                .map(each -> shares(data, each))
                .flatMap(shares -> shares.subList(0, shares.size() - 1).stream())
                .filter(Objects::nonNull)
                .mapToDouble(share -> Objects.requireNonNull(share))
                .max()
                .orElse(0);
    }

    private static String monthBefore(List<@Nullable Double> shares) {
        Double before = shares.get(shares.size() - 2);
        return before == null ? "" : "; a month before, it was " + Format.percent(before);
    }

    /** The label's share of the instances of each period; null where there is no number. */
    private static List<@Nullable Double> shares(ChartData data, String label) {
        List<LocalDate> periods = data.timeline();
        List<@Nullable Long> numbers = data.numbers(label, PublishedNumber.INSTANCES, periods);
        return IntStream.range(0, periods.size())
                .mapToObj(i -> {
                    Long number = numbers.get(i);
                    Long total = data.total(periods.get(i));
                    return number == null || total == null ? null : (Double) Math.min(1, number / (double) total);
                })
                .collect(Collectors.toList()); // unlike toList(), declared to allow null
    }
}
