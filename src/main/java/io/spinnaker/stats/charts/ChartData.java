package io.spinnaker.stats.charts;

import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.Dashboard.Status;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is published about a chart.
 *
 * @param periods the drawn periods that are published, oldest first
 * @param points their points, by period and label
 */
public record ChartData(Chart chart, Status status, List<DrawnPeriod> periods, List<ChartPoint> points) {

    /** The first days of all periods from the first drawn one to the last one that is due, oldest first. */
    public List<LocalDate> timeline() {
        if (periods.isEmpty() || status.asOf() == null) {
            return List.of();
        }
        LocalDate last = chart.period().lastDrawn(status.asOf());
        return Stream.iterate(
                        periods.getFirst().period(),
                        begin -> !begin.isAfter(last),
                        begin -> chart.period().plus(begin, 1))
                .toList();
    }

    /** The instances that count in the period; null if it was not drawn, or if its data is not complete. */
    public @Nullable Long total(LocalDate period) {
        return periods.stream()
                .filter(drawn -> drawn.period().equals(period) && drawn.isComplete())
                .map(DrawnPeriod::instances)
                .findFirst()
                .orElse(null);
    }

    /** The last period with complete data. */
    public Optional<LocalDate> lastPeriod() {
        return periods.reversed().stream()
                .filter(DrawnPeriod::isComplete)
                .map(DrawnPeriod::period)
                .findFirst();
    }

    /** The points of the period, most instances first; none if its data is not complete. */
    public List<ChartPoint> points(LocalDate period) {
        return total(period) == null
                ? List.of()
                : points.stream()
                        .filter(point -> point.period().equals(period))
                        .sorted((a, b) -> Long.compare(b.instances(), a.instances()))
                        .toList();
    }

    /** A number of the label in each of these periods; null where it is not published or the data is not complete. */
    public List<@Nullable Long> numbers(String label, PublishedNumber number, List<LocalDate> inPeriods) {
        Map<LocalDate, ChartPoint> byPeriod = points.stream()
                .filter(point -> point.label().equals(label))
                .collect(Collectors.toMap(ChartPoint::period, Function.identity()));
        return inPeriods.stream()
                .map(period -> {
                    ChartPoint point = total(period) == null ? null : byPeriod.get(period);
                    return point == null ? null : point.number(number);
                })
                .collect(Collectors.toList()); // unlike toList(), declared to allow null
    }

    /** The labels of all points, in the order of their first appearance. */
    public List<String> labels() {
        return points.stream().map(ChartPoint::label).distinct().toList();
    }
}
