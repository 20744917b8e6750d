package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.Dashboard.Options;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The published numbers of one label, by month. All lists have the length of {@code months}.
 *
 * @param months first days, oldest first
 * @param totals all instances; null if the month has no complete data
 * @param instances the instances that have the label; null if they are fewer than the threshold, or without data
 * @param regular those with 30 runs or more; null if the chart has no such numbers
 * @param failing those that saw more than 10 % of its runs fail; null if the chart has no such numbers
 * @param threshold the smallest number that is published
 * @param noise whether the numbers have noise
 * @param verb the verb for having the label
 */
record Series(
        List<LocalDate> months,
        List<@Nullable Long> totals,
        List<@Nullable Long> instances,
        @Nullable List<@Nullable Long> regular,
        @Nullable List<@Nullable Long> failing,
        int threshold,
        boolean noise,
        Verb verb) {

    /** The series of a label of a monthly chart. */
    static Series of(ChartData data, String label, Options options, Verb verb) {
        List<LocalDate> months = data.timeline();
        List<@Nullable Long> totals = new ArrayList<>();
        months.forEach(month -> totals.add(data.total(month)));
        return new Series(
                months,
                totals,
                data.numbers(label, PublishedNumber.INSTANCES, months),
                numbers(data, label, PublishedNumber.REGULAR, months),
                numbers(data, label, PublishedNumber.FAILING, months),
                options.threshold(),
                options.noise(),
                verb);
    }

    private static @Nullable List<@Nullable Long> numbers(
            ChartData data, String label, PublishedNumber number, List<LocalDate> months) {
        return data.chart().numbers().contains(number) ? data.numbers(label, number, months) : null;
    }

    /** The same numbers, described by another verb. */
    Series with(Verb other) {
        return new Series(months, totals, instances, regular, failing, threshold, noise, other);
    }

    /** The index of the first value that is not null; -1 if there is none. */
    static int firstIndex(List<@Nullable Long> values) {
        return IntStream.range(0, values.size())
                .filter(i -> values.get(i) != null)
                .findFirst()
                .orElse(-1);
    }

    /** The index of the last value that is not null; -1 if there is none. */
    static int lastIndex(List<@Nullable Long> values) {
        return IntStream.range(0, values.size())
                .filter(i -> values.get(i) != null)
                .max()
                .orElse(-1);
    }

    /** The last three months; fewer if there are fewer. */
    Window lastWindow() {
        int start = Math.max(0, months.size() - Window.MONTHS);
        return new Window(start, Math.min(months.size(), start + Window.MONTHS));
    }

    /** The months of the window without complete data. */
    List<LocalDate> missing(Window window) {
        return window.indexes()
                .filter(i -> totals.get(i) == null)
                .mapToObj(months::get)
                .toList();
    }

    LocalDate lastMonth() {
        return months.getLast();
    }
}
