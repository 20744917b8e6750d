package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The published numbers of one label in one period, all with noise. See {@code charts/rules/cells.sql}.
 *
 * @param chart the chart's name
 * @param period the first day of the period
 * @param label the label, such as a version or a stage type
 * @param instances the instances that have it
 * @param regular those with 30 runs or more; null if there are fewer than the threshold
 * @param failing those of whose runs more than 10 % failed; null as above
 * @param share the mean share, in percent; null if the chart has no shares
 */
public record ChartPoint(
        String chart,
        LocalDate period,
        String label,
        long instances,
        @Nullable Long regular,
        @Nullable Long failing,
        @Nullable Long share) {

    /** Reads a row of the table {@code chart_points}. */
    static ChartPoint of(Map<String, @Nullable Object> row) {
        return new ChartPoint(
                String.valueOf(row.get("chart")),
                LocalDate.parse(String.valueOf(row.get("period"))),
                String.valueOf(row.get("label")),
                (Long) Objects.requireNonNull(row.get("instances")),
                (Long) row.get("regular"),
                (Long) row.get("failing"),
                (Long) row.get("share"));
    }

    /** One of the numbers. */
    public @Nullable Long number(Chart.PublishedNumber number) {
        return switch (number) {
            case INSTANCES -> instances;
            case REGULAR -> regular;
            case FAILING -> failing;
            case SHARE -> share;
        };
    }
}
