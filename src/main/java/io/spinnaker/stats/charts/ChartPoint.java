package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A published number of a chart.
 *
 * @param chart the chart's name
 * @param period the first day of the period
 * @param label the label, such as a version or a stage type
 * @param instances the number of instances behind it, rounded down
 * @param count the count in the chart's unit, rounded down; null if all of it is counted in {@code (other)}
 * @param part the part of the count, rounded down; null if it would describe too few instances
 * @param ofInstances the number of instances of all labels in the period, rounded down
 */
record ChartPoint(
        String chart,
        LocalDate period,
        String label,
        long instances,
        @Nullable Long count,
        @Nullable Long part,
        long ofInstances) {

    /** Reads a row of the table {@code chart_points}. */
    static ChartPoint of(Map<String, @Nullable Object> row) {
        return new ChartPoint(
                text(row, "chart"),
                LocalDate.parse(text(row, "period")),
                text(row, "label"),
                Objects.requireNonNull(number(row, "instances")),
                number(row, "count"),
                number(row, "part"),
                Objects.requireNonNull(number(row, "of_instances")));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    private static @Nullable Long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Long number ? number : null;
    }
}
