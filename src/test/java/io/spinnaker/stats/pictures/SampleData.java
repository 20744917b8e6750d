package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Chart.Annotation;
import io.spinnaker.stats.charts.Chart.Labels;
import io.spinnaker.stats.charts.Chart.Order;
import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.Chart.View;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.ChartPoint;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.DrawnPeriod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Published numbers of an invented chart. */
final class SampleData {

    static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    static final LocalDate LAST_MONTH = LocalDate.parse("2026-10-01");

    private final ChartPeriod period;
    private final View view;
    private final Labels labels;
    private final Order order;
    private final List<Annotation> annotations = new ArrayList<>();
    private final List<DrawnPeriod> periods = new ArrayList<>();
    private final List<ChartPoint> points = new ArrayList<>();

    private SampleData(ChartPeriod period, View view, Labels labels, Order order) {
        this.period = period;
        this.view = view;
        this.labels = labels;
        this.order = order;
    }

    static SampleData bars(Order order) {
        return new SampleData(ChartPeriod.MONTH, View.BARS, Labels.OVERLAPPING, order);
    }

    static SampleData lines() {
        return new SampleData(ChartPeriod.MONTH, View.TREND, Labels.OVERLAPPING, Order.VALUE);
    }

    static SampleData stack(Order order) {
        return new SampleData(ChartPeriod.MONTH, View.TREND, Labels.EXCLUSIVE, order);
    }

    static SampleData age() {
        return new SampleData(ChartPeriod.MONTH, View.AGE, Labels.CUMULATIVE, Order.LABEL);
    }

    static SampleData days() {
        return new SampleData(ChartPeriod.DAY, View.TREND, Labels.EXCLUSIVE, Order.VALUE);
    }

    SampleData annotated(Annotation annotation) {
        annotations.add(annotation);
        return this;
    }

    /** The last month, of 100 instances. */
    SampleData lastMonth(Map<String, Integer> instances) {
        return month(0, instances);
    }

    /** An earlier month, of 100 instances. */
    SampleData month(int monthsBefore, Map<String, Integer> instances) {
        LocalDate month = LAST_MONTH.minusMonths(monthsBefore);
        return add(month, 100L, month.lengthOfMonth(), month.lengthOfMonth(), instances);
    }

    /** An earlier month with days without data. */
    SampleData incompleteMonth(int monthsBefore) {
        LocalDate month = LAST_MONTH.minusMonths(monthsBefore);
        return add(month, 100L, month.lengthOfMonth(), 3, Map.of());
    }

    SampleData day(LocalDate day, int instances) {
        return add(day, (long) instances, 1, 1, Map.of("instances", instances));
    }

    private SampleData add(
            LocalDate begin, @Nullable Long total, int days, int daysWithData, Map<String, Integer> instances) {
        periods.add(new DrawnPeriod("sample", begin, total, days, daysWithData));
        instances.forEach((label, number) ->
                points.add(new ChartPoint("sample", begin, label, number, (long) number, null, null)));
        periods.sort((a, b) -> a.period().compareTo(b.period()));
        points.sort((a, b) -> a.period().compareTo(b.period()));
        return this;
    }

    ChartData data() {
        Chart chart = new Chart(
                "sample",
                "Sample chart",
                "What is it?",
                "Section",
                List.of(PublishedNumber.INSTANCES, PublishedNumber.REGULAR),
                period,
                view,
                order,
                labels,
                Map.of(),
                List.of(),
                annotations,
                null,
                null,
                null,
                null,
                "");
        return new ChartData(chart, new Dashboard.Status(AS_OF, AS_OF), List.copyOf(periods), List.copyOf(points));
    }
}
