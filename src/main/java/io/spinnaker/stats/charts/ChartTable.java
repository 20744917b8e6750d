package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        return lastDrawn("TRUE");
    }

    private Map<String, LocalDate> lastDrawn(String condition) {
        Map<String, LocalDate> last = new HashMap<>();
        for (Map<String, @Nullable Object> row :
                sqlEngine.query("SELECT chart, MAX(period) AS period FROM %s WHERE %s GROUP BY chart"
                        .formatted(table(DerivedTable.DRAWN_PERIODS), condition))) {
            last.put(String.valueOf(row.get("chart")), LocalDate.parse(String.valueOf(row.get("period"))));
        }
        return last;
    }

    /**
     * Draws every period that is due at the end of the day and not drawn. A chart that is new begins with the period that the
     * other charts draw next, because the events of earlier ones may have been deleted since.
     *
     * @param lastDrawn the first day of the last drawn period, by chart
     * @param firstKnown the first day of the daily tables
     * @param firstBlocked the first month that cannot be drawn
     * @return the charts whose query failed; the next call draws them, unless such a chart is new
     * @throws QueryFailedException if the tables cannot be used, or if three charts fail, because the database is to blame then
     */
    List<DrawFailure> drawDue(
            LocalDate asOf, Map<String, LocalDate> lastDrawn, LocalDate firstKnown, LocalDate firstBlocked) {
        List<DrawFailure> failures = new ArrayList<>();
        for (ChartPeriod period : ChartPeriod.values()) {
            boolean isFirst = Charts.of(period).stream().noneMatch(chart -> lastDrawn.containsKey(chart.name()));
            Map<DateRange, List<Chart>> drawn = new LinkedHashMap<>();
            for (Chart chart : Charts.of(period)) {
                DateRange due = due(chart, asOf, firstKnown, firstBlocked, lastDrawn);
                if (due.first().isAfter(due.last())) {
                    continue;
                }
                try {
                    drawPoints(chart, due);
                    drawn.computeIfAbsent(due, days -> new ArrayList<>()).add(chart);
                } catch (QueryFailedException e) {
                    failures.add(DrawFailure.ofChart(chart, e));
                    if (failures.size() == MAX_FAILURES) {
                        throw e;
                    }
                    if (isFirst) { // a chart without any period would look like a new one
                        LocalDate before = period.plus(due.first(), -1);
                        drawn.computeIfAbsent(new DateRange(before, period.end(before)), days -> new ArrayList<>())
                                .add(chart);
                    }
                }
            }
            drawn.forEach((days, charts) -> freeze(charts, days));
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
        boolean isBlocked = period == ChartPeriod.MONTH && !firstBlocked.isAfter(lastDue);
        return new DateRange(first, period.end(isBlocked ? period.plus(firstBlocked, -1) : lastDue));
    }

    /**
     * Draws the drawn periods of a month again, in each chart.
     *
     * @throws RedrawRefusedException if the month is not drawn yet
     */
    void redraw(DateRange month) {
        Map<String, LocalDate> lastDrawn = lastDrawn(month.condition("period"));
        if (Charts.of(ChartPeriod.MONTH).stream().noneMatch(chart -> lastDrawn.containsKey(chart.name()))) {
            throw new RedrawRefusedException(
                    YearMonth.from(month.first()) + " cannot be drawn again: it is not drawn yet");
        }
        for (Chart chart : Charts.all()) {
            LocalDate last = lastDrawn.get(chart.name());
            if (last != null) {
                DateRange days = new DateRange(month.first(), chart.period().end(last));
                drawPoints(chart, days);
                freeze(List.of(chart), days);
            }
        }
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
        String isDrawn =
                "EXISTS (SELECT 1 FROM %s AS drawn WHERE drawn.chart = published.chart AND drawn.period = published.period)"
                        .formatted(table(DerivedTable.DRAWN_PERIODS));
        return published(DerivedTable.CHART_POINTS, charts, asOf, isDrawn, "chart, period, label").stream()
                .map(ChartPoint::of)
                .toList();
    }

    /** The drawn periods of some charts that are published at the end of the day, sorted by chart and period. */
    List<DrawnPeriod> periods(List<Chart> charts, LocalDate asOf) {
        return published(DerivedTable.DRAWN_PERIODS, charts, asOf, "TRUE", "chart, period").stream()
                .map(DrawnPeriod::of)
                .toList();
    }

    private List<Map<String, @Nullable Object>> published(
            DerivedTable table, List<Chart> charts, LocalDate asOf, String condition, String order) {
        String periods = charts.stream()
                .map(chart -> "(" + condition(List.of(chart), chart.period().published(asOf)) + ")")
                .collect(Collectors.joining(" OR "));
        return sqlEngine.query("SELECT * FROM %s AS published WHERE (%s) AND %s ORDER BY %s"
                .formatted(table(table), periods, condition, order));
    }
}
