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
 * What everybody may see of the events. A day is one in UTC; {@code asOf} is the last one that is over. Every method
 * blocks, and throws {@link QueryFailedException} when the warehouse does not answer.
 */
public final class Dashboard {

    private final Options options;
    private final RollUp rollUp;
    private final ChartTable chartTable;

    /**
     * What the numbers depend on.
     *
     * @param threshold fewest instances that a number may stand for
     * @param lookbackDays so many days are looked at for events that came late or were deleted
     * @param retentionDays so long are events kept; null when for ever
     * @param demo tells whether the events are made up; null where they cannot be, which is everywhere but in dev mode
     */
    public record Options(
            int threshold,
            int lookbackDays,
            @Nullable Integer retentionDays,
            @Nullable BooleanSupplier demo) {

        /** A dead letter's 31 days, and some for the run to be late itself. */
        public static final int DEFAULT_LOOKBACK_DAYS = 35;

        /** Looks back on all events there are, where that costs nothing. */
        public static final int UNLIMITED_LOOKBACK_DAYS = Integer.MAX_VALUE;

        public Options {
            if (threshold < 2) {
                throw new IllegalArgumentException("a threshold of less than 2 instances protects nobody");
            }
        }

        /** A day whose events are about to expire is not looked at: it would be rolled up as empty. */
        int daysToLookAt() {
            return retentionDays == null ? lookbackDays : Math.clamp(retentionDays - 2L, 1, lookbackDays);
        }
    }

    /** Asks the warehouse nothing yet. */
    public Dashboard(SqlEngine sqlEngine, Options options) {
        SqlTemplates templates = new SqlTemplates(sqlEngine, options.threshold());
        this.options = options;
        this.rollUp = new RollUp(sqlEngine, templates, options.daysToLookAt());
        this.chartTable = new ChartTable(sqlEngine, templates, options.retentionDays() != null);
    }

    /**
     * Brings the daily tables and the charts' numbers up to date with the events until the end of that day. Does
     * only what has to be done: a second call does nothing. One that fails in between is made good by the next.
     * Of several calls at once, each waits for the one before.
     */
    public synchronized void rollUp(LocalDate asOf) {
        SortedMap<LocalDate, Long> changed = rollUp.changedDays(asOf);
        if (!changed.isEmpty()) {
            chartTable.invalidateFrom(changed.firstKey());
        }
        rollUp.rollUp(changed);
        DateRange known = rollUp.days();
        if (known != null) {
            chartTable.refresh(asOf, known);
        }
    }

    /** Every file, of what was rolled up: each chart's JSON and CSV, and last the index. */
    public List<ChartFile> draw(LocalDate asOf) {
        LocalDate day = dayOrNull(asOf);
        Map<String, List<ChartPoint>> published =
                chartTable.published(Charts.all(), asOf).stream().collect(Collectors.groupingBy(ChartPoint::chart));
        List<ChartFile> files = new ArrayList<>();
        for (Chart chart : Charts.all()) {
            List<ChartPoint> ofChart = published.getOrDefault(chart.name(), List.of());
            files.add(ChartFileWriter.json(chart, day, ofChart, options));
            files.add(ChartFileWriter.csv(chart, day, ofChart));
        }
        files.add(ChartFileWriter.index(day, options));
        return files;
    }

    /** One of those files; null when there is none of that name. */
    public @Nullable ChartFile draw(String name, LocalDate asOf) {
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

    /** That day; null when there is nothing of it or before. */
    private @Nullable LocalDate dayOrNull(LocalDate asOf) {
        DateRange known = rollUp.days();
        return known == null || known.first().isAfter(asOf) ? null : asOf;
    }
}
