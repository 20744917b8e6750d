package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.Chart.TileValue;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that a picture shows of a chart: the first of its numbers, as a count or as a share. */
enum Measure {
    /** Instances, where the chart is about their number. */
    COUNT,
    /** Instances as a share of all instances of the period. */
    SHARE_OF_INSTANCES,
    /** The mean over instances of each one's own share. */
    MEAN_SHARE;

    static Measure of(Chart chart) {
        if (chart.numbers().getFirst() == PublishedNumber.SHARE) {
            return MEAN_SHARE;
        }
        boolean isAboutNumber = chart.period() == ChartPeriod.DAY || chart.tileValue() == TileValue.INSTANCES;
        return isAboutNumber ? COUNT : SHARE_OF_INSTANCES;
    }

    /** Whether the values of one period add up to at most all instances. */
    boolean isAdditive(Chart chart) {
        return chart.labels() == (this == MEAN_SHARE ? Chart.Labels.OVERLAPPING : Chart.Labels.EXCLUSIVE);
    }

    boolean isShare() {
        return this != COUNT;
    }

    /** The values of the label; shares are at most 1, although noise can make them larger. */
    List<@Nullable Double> values(ChartData data, String label, List<LocalDate> periods) {
        List<@Nullable Long> numbers =
                data.numbers(label, data.chart().numbers().getFirst(), periods);
        List<@Nullable Double> values = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            values.add(value(numbers.get(i), data.total(periods.get(i))));
        }
        return values;
    }

    private @Nullable Double value(@Nullable Long number, @Nullable Long total) {
        if (number == null || total == null) {
            return null;
        }
        return switch (this) {
            case COUNT -> (double) number;
            case SHARE_OF_INSTANCES -> Math.min(1, (double) number / Math.max(1, total));
            case MEAN_SHARE -> number / 100.0;
        };
    }

    /** How far noise usually moves a value at most: 3 instances. */
    double noise(@Nullable Long total) {
        return total == null ? 0 : isShare() ? 3.0 / Math.max(3, total) : 3;
    }

    /** The smallest distance of ticks that the numbers justify. */
    double smallestStep() {
        return isShare() ? 0.01 : 1;
    }

    String format(double value) {
        return isShare() ? Format.percent(value) : Format.number(Math.round(value));
    }

    /** The unit of the values, such as "% of instances". */
    String title() {
        return switch (this) {
            case COUNT -> "instances";
            case SHARE_OF_INSTANCES -> "% of instances";
            case MEAN_SHARE -> "mean share per instance";
        };
    }
}
