package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.Sha256;
import io.spinnaker.stats.storage.SqlEngine;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the numbers of all charts in the table {@code chart_points}. Only periods whose days have changed are computed again,
 * so the cost of a run does not grow with history, and history outlives the daily tables and the events.
 */
final class ChartTable {

    /** Replaces the dates in a query whose hash must not depend on them. */
    private static final DateRange NO_DAYS = new DateRange(LocalDate.EPOCH, LocalDate.EPOCH);

    /** If this number of charts fails, the others are not tried: each query can take minutes. */
    private static final int MAX_FAILURES = 3;

    private final SqlEngine sqlEngine;
    private final SqlTemplates templates;
    private final boolean sourceExpires;

    /**
     * Creates the table's owner; runs no query.
     *
     * @param sourceExpires whether rows of the daily tables are deleted by age, so that their first month can be incomplete
     */
    ChartTable(SqlEngine sqlEngine, SqlTemplates templates, boolean sourceExpires) {
        this.sqlEngine = sqlEngine;
        this.templates = templates;
        this.sourceExpires = sourceExpires;
    }

    /**
     * How far a chart is complete.
     *
     * @param queryHash SHA-256 of the query that computed it
     * @param completeUntil the last day up to which its points are right
     */
    private record Watermark(String queryHash, LocalDate completeUntil) {}

    /** Invalidates every chart from a day on. Called before the day changes, so that a failed run is repeated. */
    void invalidateFrom(LocalDate day) {
        String refreshed = sqlEngine.table(DerivedTable.CHART_WATERMARKS.tableName());
        sqlEngine.replace(
                DerivedTable.CHART_WATERMARKS,
                "TRUE",
                "SELECT chart, query_hash, LEAST(complete_until, DATE '%s') AS complete_until FROM %s"
                        .formatted(day.minusDays(1), refreshed));
    }

    /**
     * Computes every period that is complete at the end of the day and not up to date. A chart whose query fails keeps its old
     * points, and the next call computes it again.
     *
     * @return the charts that failed
     * @throws QueryFailedException if the table cannot be used, or if three charts fail, because the database is to blame then
     */
    List<ChartFailure> refresh(LocalDate asOf, DateRange known) {
        Map<String, Watermark> watermarks = watermarks();
        List<ChartFailure> failures = new ArrayList<>();
        boolean refreshed = false;
        for (Chart chart : Charts.all()) {
            String queryHash = Sha256.hex(templates.chartPoints(chart, NO_DAYS).getBytes(StandardCharsets.UTF_8));
            Watermark watermark = watermarks.get(chart.name());
            if (watermark == null
                    || !watermark.queryHash().equals(queryHash)
                    || watermark.completeUntil().isBefore(asOf)) {
                LocalDate from = later(
                        firstToCompute(chart, queryHash, watermark, known.first()),
                        chart.period().firstBegin(asOf));
                try {
                    computePoints(chart, from, asOf);
                    watermarks.put(chart.name(), new Watermark(queryHash, asOf));
                    refreshed = true;
                } catch (QueryFailedException e) {
                    failures.add(new ChartFailure(chart.name(), e));
                    if (failures.size() == MAX_FAILURES) {
                        throw e;
                    }
                }
            }
        }
        if (refreshed) {
            saveWatermarks(watermarks);
        }
        return failures;
    }

    private LocalDate firstToCompute(
            Chart chart, String queryHash, @Nullable Watermark watermark, LocalDate firstKnown) {
        if (watermark != null && watermark.queryHash().equals(queryHash)) {
            return chart.period().begin(watermark.completeUntil().plusDays(1));
        }
        LocalDate first = chart.period().begin(firstKnown);
        boolean incomplete = sourceExpires && !first.equals(firstKnown);
        return watermark != null && incomplete ? chart.period().next(first) : first;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private void computePoints(Chart chart, LocalDate from, LocalDate asOf) {
        LocalDate to = chart.period().lastEnd(asOf);
        if (!from.isAfter(to)) {
            DateRange days = new DateRange(from, to);
            sqlEngine.replace(DerivedTable.CHART_POINTS, condition(chart, days), templates.chartPoints(chart, days));
        }
    }

    /** The condition that selects the points of a chart for periods that begin in a range of days. */
    private static String condition(Chart chart, DateRange days) {
        return "chart = '%s' AND %s".formatted(chart.name(), days.condition("period"));
    }

    private Map<String, Watermark> watermarks() {
        Map<String, Watermark> watermarks = new HashMap<>();
        for (Map<String, @Nullable Object> row : sqlEngine.query("SELECT chart, query_hash, complete_until FROM "
                + sqlEngine.table(DerivedTable.CHART_WATERMARKS.tableName()))) {
            watermarks.put(
                    String.valueOf(row.get("chart")),
                    new Watermark(
                            String.valueOf(row.get("query_hash")),
                            LocalDate.parse(String.valueOf(row.get("complete_until")))));
        }
        return watermarks;
    }

    private void saveWatermarks(Map<String, Watermark> watermarks) {
        sqlEngine.replace(
                DerivedTable.CHART_WATERMARKS,
                "TRUE",
                watermarks.entrySet().stream()
                        .map(watermark -> "SELECT '%s' AS chart, '%s' AS query_hash, DATE '%s' AS complete_until"
                                .formatted(
                                        watermark.getKey(),
                                        watermark.getValue().queryHash(),
                                        watermark.getValue().completeUntil()))
                        .collect(Collectors.joining(" UNION ALL ")));
    }

    /** The points of some charts that are published at the end of the day, sorted by chart, period and label. */
    List<ChartPoint> published(List<Chart> charts, LocalDate asOf) {
        String condition = charts.stream()
                .map(chart -> "(" + condition(chart, chart.period().published(asOf)) + ")")
                .collect(Collectors.joining(" OR "));
        return sqlEngine
                .query("SELECT chart, period, label, instances, count, part, of_instances FROM "
                        + sqlEngine.table(DerivedTable.CHART_POINTS.tableName()) + " WHERE " + condition
                        + " ORDER BY chart, period, label")
                .stream()
                .map(ChartPoint::of)
                .toList();
    }
}
