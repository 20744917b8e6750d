package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A period of a chart that is drawn, and so does not change.
 *
 * @param chart the chart's name
 * @param period its first day
 * @param instances the instances that count in it, with noise; null if there are fewer than the threshold
 * @param days the number of its days
 * @param daysWithData those of them on which at least a tenth of the instances reported; if fewer than the days, the numbers are
 *     incomplete
 */
public record DrawnPeriod(
        String chart, LocalDate period, @Nullable Long instances, long days, long daysWithData) {

    /** Whether each of its days has data, and enough instances count. Otherwise, the period has no numbers. */
    public boolean isComplete() {
        return instances != null && daysWithData >= days;
    }

    /** Reads a row of the table {@code drawn_periods}. */
    static DrawnPeriod of(Map<String, @Nullable Object> row) {
        return new DrawnPeriod(
                String.valueOf(row.get("chart")),
                LocalDate.parse(String.valueOf(row.get("period"))),
                (Long) row.get("instances"),
                (Long) Objects.requireNonNull(row.get("days")),
                (Long) Objects.requireNonNull(row.get("days_with_data")));
    }
}
