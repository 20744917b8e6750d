package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the numbers of all charts in the tables {@code chart_points} and {@code drawn_periods}. A period is drawn once and then
 * frozen: two copies of a number that is drawn twice would reveal what was deleted in between. So history outlives the daily
 * tables and the events, and the cost of a run does not grow with it.
 */
final class ChartTable {

    /** If this number of charts fails, the others are not tried: each query can take minutes. */
    private static final int MAX_FAILURES = 3;

    private final SqlEngine sqlEngine;
    private final SqlTemplates templates;

    /** Creates the table's owner; runs no query. */
    ChartTable(SqlEngine sqlEngine, SqlTemplates templates) {
        this.sqlEngine = sqlEngine;
        this.templates = templates;
    }

    /** The first day of the last drawn period, by chart. */
    Map<String, LocalDate> lastDrawn() {
        Map<String, LocalDate> last = new HashMap<>();
        for (Map<String, @Nullable Object> row : sqlEngine.query(
                "SELECT chart, MAX(period) AS period FROM " + table(DerivedTable.DRAWN_PERIODS) + " GROUP BY chart")) {
            last.put(String.valueOf(row.get("chart")), LocalDate.parse(String.valueOf(row.get("period"))));
        }
        return last;
    }

    /**
     * Draws every period that is due at the end of the day and not drawn. A chart that is new begins with the period that the
     * other charts draw next, because the events of earlier ones may have been deleted since.
     *
     * @param firstKnown the first day of the daily tables
     * @param blocked the first day that cannot be part of a drawn period, by length of the period
     * @return the charts whose query failed; the next call draws them
     * @throws QueryFailedException if the tables cannot be used, or if three charts fail, because the database is to blame then
     */
    List<DrawFailure> drawDue(LocalDate asOf, LocalDate firstKnown, Function<ChartPeriod, LocalDate> blocked) {
        Map<String, LocalDate> lastDrawn = lastDrawn();
        List<DrawFailure> failures = new ArrayList<>();
        for (ChartPeriod period : ChartPeriod.values()) {
            Map<DateRange, List<Chart>> drawn = new LinkedHashMap<>();
            List<Chart> failed = new ArrayList<>();
            for (Chart chart : Charts.of(period)) {
                DateRange due = due(chart, asOf, firstKnown, blocked.apply(period), lastDrawn);
                if (!due.first().isAfter(due.last())) {
                    try {
                        drawPoints(chart, due);
                        drawn.computeIfAbsent(due, days -> new ArrayList<>()).add(chart);
                    } catch (QueryFailedException e) {
                        failed.add(chart);
                        failures.add(DrawFailure.ofChart(chart, e));
                        if (failures.size() == MAX_FAILURES) {
                            throw e;
                        }
                    }
                }
            }
            boolean isFirst = Charts.of(period).stream().noneMatch(chart -> lastDrawn.containsKey(chart.name()));
            if (failed.isEmpty() || !isFirst) { // otherwise a chart that failed would look like a new one
                drawn.forEach((days, charts) -> freeze(charts, days));
            }
        }
        return failures;
    }

    private static DateRange due(
            Chart chart,
            LocalDate asOf,
            LocalDate firstKnown,
            LocalDate firstBlocked,
            Map<String, LocalDate> lastDrawn) {
        ChartPeriod period = chart.period();
        LocalDate published = period.published(asOf).first();
        LocalDate known = period.begin(firstKnown);
        LocalDate first = Charts.of(period).stream()
                .filter(other -> !lastDrawn.containsKey(chart.name()) || other.equals(chart))
                .map(other -> lastDrawn.get(other.name()))
                .filter(last -> last != null)
                .max(Comparator.naturalOrder())
                .map(last -> period.plus(last, 1))
                .orElse(known.isAfter(published) ? known : published);
        LocalDate lastDue = period.lastDrawn(asOf);
        LocalDate lastOpen = firstBlocked.equals(LocalDate.MAX) ? lastDue : period.plus(period.begin(firstBlocked), -1);
        return new DateRange(first, period.end(lastOpen.isBefore(lastDue) ? lastOpen : lastDue));
    }

    /** Draws the periods of some charts, of one length, that begin within the days, whether or not they are drawn. */
    void redraw(List<Chart> charts, DateRange days) {
        charts.forEach(chart -> drawPoints(chart, days));
        freeze(charts, days);
    }

    private void drawPoints(Chart chart, DateRange days) {
        sqlEngine.replace(DerivedTable.CHART_POINTS, condition(List.of(chart), days), templates.points(chart, days));
    }

    private void freeze(List<Chart> charts, DateRange days) {
        sqlEngine.replace(DerivedTable.DRAWN_PERIODS, condition(charts, days), templates.periods(charts, days));
    }

    /** Forgets everything that was drawn. */
    void clear() {
        for (DerivedTable table : List.of(DerivedTable.DRAWN_PERIODS, DerivedTable.CHART_POINTS)) {
            sqlEngine.replace(table, "TRUE", "SELECT * FROM " + table(table) + " WHERE FALSE");
        }
    }

    /** The condition that selects the rows of some charts for periods that begin in a range of days. */
    private static String condition(List<Chart> charts, DateRange days) {
        return "chart IN (%s) AND %s"
                .formatted(
                        charts.stream().map(chart -> "'" + chart.name() + "'").collect(Collectors.joining(", ")),
                        days.condition("period"));
    }

    private String table(DerivedTable table) {
        return sqlEngine.table(table.tableName());
    }

    /** The points of some charts that are published at the end of the day, sorted by chart, period and label. */
    List<ChartPoint> points(List<Chart> charts, LocalDate asOf) {
        return published(DerivedTable.CHART_POINTS, charts, asOf, "chart, period, label").stream()
                .map(ChartPoint::of)
                .toList();
    }

    /** The drawn periods of some charts that are published at the end of the day, sorted by chart and period. */
    List<DrawnPeriod> periods(List<Chart> charts, LocalDate asOf) {
        return published(DerivedTable.DRAWN_PERIODS, charts, asOf, "chart, period").stream()
                .map(DrawnPeriod::of)
                .toList();
    }

    private List<Map<String, @Nullable Object>> published(
            DerivedTable table, List<Chart> charts, LocalDate asOf, String order) {
        String condition = charts.stream()
                .map(chart -> "(" + condition(List.of(chart), chart.period().published(asOf)) + ")")
                .collect(Collectors.joining(" OR "));
        return sqlEngine.query("SELECT * FROM %s WHERE %s ORDER BY %s".formatted(table(table), condition, order));
    }
}
