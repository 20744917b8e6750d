package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.ChartPoint;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Dashboard.Status;
import io.spinnaker.stats.charts.DrawnPeriod;
import io.spinnaker.stats.charts.PublishedCharts;
import io.spinnaker.stats.storage.TestStorage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The published data of 22 November 2026, from numbers by month. Only monthly charts have numbers. */
public final class PublishedFeatures {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final List<Chart> CHARTS = charts();

    private final int months;
    private final long total;
    private final List<ChartPoint> points = new ArrayList<>();

    /** The number of instances with a label, by month: 0 is the last one, -1 the one before. */
    public interface Numbers {
        /** The number; null if it is not published. */
        @Nullable
        Long at(int month);
    }

    private PublishedFeatures(int months, long total) {
        this.months = months;
        this.total = total;
    }

    /** The months to October 2026 are drawn, with 500 instances. */
    public static PublishedFeatures of(int months) {
        return of(months, 500);
    }

    /** The months to October 2026 are drawn, each with this number of instances. */
    public static PublishedFeatures of(int months, long total) {
        return new PublishedFeatures(months, total);
    }

    private static List<Chart> charts() {
        try (TestStorage storage = TestStorage.duckDb()) {
            return new Dashboard(storage.sqlEngine(), PublishedCharts.options())
                    .published(AS_OF).charts().stream().map(ChartData::chart).toList();
        }
    }

    /** A label; half of its instances use it regularly. */
    public PublishedFeatures with(String chart, String label, Numbers instances) {
        for (int month = 1 - months; month <= 0; month++) {
            Long number = instances.at(month);
            if (number != null) {
                points.add(new ChartPoint(chart, month(month), label, number, number / 2, null, null));
            }
        }
        return this;
    }

    /** Everything that is published. */
    public Published published() {
        Status status = months == 0 ? new Status(null, null) : new Status(AS_OF, AS_OF);
        return new Published(
                status,
                PublishedCharts.options(),
                CHARTS.stream().map(chart -> data(chart, status)).toList());
    }

    private ChartData data(Chart chart, Status status) {
        List<DrawnPeriod> periods = new ArrayList<>();
        for (int month = 1 - months; month <= 0 && chart.period() == ChartPeriod.MONTH; month++) {
            LocalDate first = month(month);
            periods.add(new DrawnPeriod(chart.name(), first, total, first.lengthOfMonth(), first.lengthOfMonth()));
        }
        return new ChartData(
                chart,
                status,
                periods,
                points.stream()
                        .filter(point -> point.chart().equals(chart.name()))
                        .toList());
    }

    private static LocalDate month(int month) {
        return LocalDate.parse("2026-10-01").plusMonths(month);
    }
}
