package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.SqlEngine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes the public charts from the events. Days are in UTC; {@code asOf} is the last complete day. Every method blocks,
 * and throws {@link QueryFailedException} if the database fails.
 */
public final class Dashboard {

    private final Options options;
    private final RollUp rollUp;
    private final ChartTable chartTable;

    /**
     * The options that the numbers depend on.
     *
     * @param threshold fewest instances that a published number may stand for
     * @param lookbackDays days in which late and deleted events are noticed
     * @param retentionDays days for which events are kept; null if without limit
     * @param demo tells whether the events are invented; null outside dev mode, where they cannot be
     */
    public record Options(
            int threshold,
            int lookbackDays,
            @Nullable Integer retentionDays,
            @Nullable BooleanSupplier demo) {

        /** The 31 days that a dead letter can wait, and some for a late run. */
        public static final int DEFAULT_LOOKBACK_DAYS = 35;

        /** All days, where queries are free. */
        public static final int UNLIMITED_LOOKBACK_DAYS = Integer.MAX_VALUE;

        public Options {
            if (threshold < 2) {
                throw new IllegalArgumentException("stats.charts.threshold must be at least 2");
            }
        }

        /** The lookback, without days whose events are about to expire: they would be rolled up as empty. */
        int effectiveLookbackDays() {
            return retentionDays == null ? lookbackDays : Math.clamp(retentionDays - 2L, 1, lookbackDays);
        }
    }

    /** Creates the dashboard; runs no query. */
    public Dashboard(SqlEngine sqlEngine, Options options) {
        SqlTemplates templates = new SqlTemplates(sqlEngine, options.threshold());
        this.options = options;
        this.rollUp = new RollUp(sqlEngine, templates, options.effectiveLookbackDays());
        this.chartTable = new ChartTable(sqlEngine, templates, options.retentionDays() != null);
    }

    /**
     * Updates the daily tables and the charts with the events up to the end of the day. Idempotent: a repeated call changes
     * nothing, and a call after a failed one completes it. Concurrent calls wait for each other.
     *
     * @return the charts whose query failed; their files are out of date
     */
    public synchronized List<ChartFailure> rollUp(LocalDate asOf) {
        SortedMap<LocalDate, Long> changed = rollUp.changedDays(asOf);
        if (!changed.isEmpty()) {
            chartTable.invalidateFrom(changed.firstKey());
        }
        rollUp.rollUp(changed);
        DateRange known = rollUp.days();
        return known == null ? List.of() : chartTable.refresh(asOf, known);
    }

    /** Computes every file from the rolled-up days: each chart's JSON and CSV, and the index last. */
    public List<ChartFile> files(LocalDate asOf) {
        LocalDate day = dayOrNull(asOf);
        Map<String, List<ChartPoint>> published =
                chartTable.published(Charts.all(), asOf).stream().collect(Collectors.groupingBy(ChartPoint::chart));
        List<ChartFile> files = new ArrayList<>();
        for (Chart chart : Charts.all()) {
            List<ChartPoint> points = published.getOrDefault(chart.name(), List.of());
            files.add(ChartFileWriter.json(chart, day, points, options));
            files.add(ChartFileWriter.csv(chart, day, points));
        }
        files.add(ChartFileWriter.index(day, options));
        return files;
    }

    /** Computes one file; null if there is none with that name. */
    public @Nullable ChartFile file(String name, LocalDate asOf) {
        if (name.equals(ChartFile.INDEX)) {
            return ChartFileWriter.index(dayOrNull(asOf), options);
        }
        for (Chart chart : Charts.all()) {
            if (name.equals(ChartFile.jsonName(chart))) {
                return ChartFileWriter.json(
                        chart, dayOrNull(asOf), chartTable.published(List.of(chart), asOf), options);
            }
            if (name.equals(ChartFile.csvName(chart))) {
                return ChartFileWriter.csv(chart, dayOrNull(asOf), chartTable.published(List.of(chart), asOf));
            }
        }
        return null;
    }

    /** The day; null if no day up to then has been rolled up. */
    private @Nullable LocalDate dayOrNull(LocalDate asOf) {
        DateRange known = rollUp.days();
        return known == null || known.first().isAfter(asOf) ? null : asOf;
    }
}
