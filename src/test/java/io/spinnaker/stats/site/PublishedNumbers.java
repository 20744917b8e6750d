package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.ChartPoint;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Dashboard.Status;
import io.spinnaker.stats.charts.DrawnPeriod;
import io.spinnaker.stats.charts.PublishedCharts;
import io.spinnaker.stats.storage.TestStorage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Builds published numbers: some months, each with the same number of instances, and labels that a test chooses. */
final class PublishedNumbers {

    static final long INSTANCES = 300;
    static final LocalDate FIRST = LocalDate.parse("2024-11-01");

    private static final List<Chart> CHARTS = charts();

    private final int months;
    private final List<ChartPoint> points = new ArrayList<>();
    private final Set<LocalDate> incomplete = new HashSet<>();
    private final Set<LocalDate> undrawn = new HashSet<>();
    private Options options = PublishedCharts.exact();
    private long instances = INSTANCES;

    /** Months from {@link #FIRST} on. */
    PublishedNumbers(int months) {
        this.months = months;
    }

    private static List<Chart> charts() {
        try (TestStorage storage = TestStorage.duckDb()) {
            Dashboard dashboard = new Dashboard(storage.sqlEngine(), PublishedCharts.exact());
            dashboard.update(FIRST, Set.of());
            return dashboard.published(FIRST).charts().stream()
                    .map(ChartData::chart)
                    .toList();
        }
    }

    static Chart chart(String name) {
        return CHARTS.stream()
                .filter(chart -> chart.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static LocalDate month(int index) {
        return FIRST.plusMonths(index);
    }

    /** Two years that end with October 2026, in which everything happens that a report can tell. */
    static PublishedNumbers eventful() {
        return eventful(24);
    }

    /** The first months of them. */
    static PublishedNumbers eventful(int months) {
        return new PublishedNumbers(months)
                .label("stage-types", "deployManifest", month -> month < 20 ? 60 : 150)
                .label("stage-types", "wait", month -> month < 21 ? 200 : 90)
                .label("stage-types", "bake", month -> 120)
                .label("stage-types", "cloneServerGroup", month -> month < 21 ? 40 : 0)
                .label("stage-types", "acaTask", month -> month < 23 ? 0 : 8)
                .label("stage-types", "(own)", month -> 70)
                .label("cloud-providers", "KUBERNETES", month -> 270)
                .label("triggers", "MANUAL", month -> 300)
                .label("versions", "2026.2.x", month -> month < 21 ? 0 : 50 * (month - 20))
                .label("version-adoption", "1.30 or newer", month -> 290)
                .label("version-adoption", "2026.2 or newer", month -> month < 21 ? 0 : 50 * (month - 20));
    }

    PublishedNumbers instances(long number) {
        instances = number;
        return this;
    }

    PublishedNumbers options(Options other) {
        options = other;
        return this;
    }

    /** Adds a label by the index of the month; numbers below the threshold are not published. A tenth sees it fail. */
    PublishedNumbers label(String chart, String label, IntToLongFunction number) {
        for (int month = 0; month < months; month++) {
            long count = number.applyAsLong(month);
            if (count >= options.threshold()) {
                Long tenth = count / 10 < options.threshold() ? null : (Long) (count / 10);
                points.add(new ChartPoint(chart, month(month), label, count, tenth, tenth, null));
            }
        }
        return this;
    }

    /** A month that lacks the data of three days. */
    PublishedNumbers incomplete(LocalDate month) {
        incomplete.add(month);
        return this;
    }

    /** A month that is held. */
    PublishedNumbers undrawn(LocalDate month) {
        undrawn.add(month);
        return this;
    }

    /** As of the day on which the last month is published. */
    Published build() {
        return build(FIRST.plusMonths(months).withDayOfMonth(4));
    }

    Published build(LocalDate asOf) {
        Status status = new Status(asOf, asOf);
        return new Published(
                status,
                options,
                CHARTS.stream()
                        .map(chart -> new ChartData(chart, status, periods(chart, asOf), points(chart)))
                        .toList());
    }

    History history() {
        return new History(build());
    }

    private List<DrawnPeriod> periods(Chart chart, LocalDate asOf) {
        if (chart.period() == ChartPeriod.DAY) {
            LocalDate last = chart.period().lastDrawn(asOf);
            return last.isBefore(FIRST)
                    ? List.of()
                    : FIRST.datesUntil(last.plusDays(1))
                            .map(day -> new DrawnPeriod(chart.name(), day, instances, 1, 1))
                            .toList();
        }
        return IntStream.range(0, months)
                .mapToObj(PublishedNumbers::month)
                .filter(month -> !undrawn.contains(month))
                .map(month -> new DrawnPeriod(
                        chart.name(),
                        month,
                        instances,
                        month.lengthOfMonth(),
                        month.lengthOfMonth() - (incomplete.contains(month) ? 3 : 0)))
                .toList();
    }

    private List<ChartPoint> points(Chart chart) {
        return points.stream()
                .filter(point -> point.chart().equals(chart.name()))
                .filter(point -> !undrawn.contains(point.period()))
                .toList();
    }
}
