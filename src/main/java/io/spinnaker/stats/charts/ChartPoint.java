package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number of a chart, as everybody may see it.
 *
 * @param chart the chart's name
 * @param period the first day of the period that it is about
 * @param label what was counted
 * @param instances that it stands for, rounded down
 * @param count in the chart's unit, rounded down; null when all of it is in the cell {@code (other)}
 * @param part of the count, rounded down; null when it would tell of too few instances
 * @param ofInstances that the whole chart stands for in that period, rounded down
 */
record ChartPoint(
        String chart,
        LocalDate period,
        String label,
        long instances,
        @Nullable Long count,
        @Nullable Long part,
        long ofInstances) {

    /** From a row of the table of that name. */
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
