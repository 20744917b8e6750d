package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import java.util.HashMap;
import java.util.Map;

/** SQL files of the class path with their placeholders filled in. */
final class SqlTemplates {

    private final SqlEngine sqlEngine;
    private final int threshold;

    SqlTemplates(SqlEngine sqlEngine, int threshold) {
        this.sqlEngine = sqlEngine;
        this.threshold = threshold;
    }

    /** Counts the events of each day. */
    String eventsPerDay(DateRange days) {
        return fill(ClasspathResource.text("/storage/rollups/rollup_state.sql"), dates(days));
    }

    /** Computes the rows of a daily table for some days. */
    String rollUp(DerivedTable table, DateRange days) {
        Map<String, String> values = new HashMap<>(dates(days));
        values.put("counted_events", ClasspathResource.text("/storage/rollups/counted_events.sql"));
        String dialectFile = "/storage/rollups/" + table.tableName() + sqlEngine.fileSuffix();
        return fill(
                ClasspathResource.text(
                        ClasspathResource.exists(dialectFile)
                                ? dialectFile
                                : "/storage/rollups/" + table.tableName() + ".sql"),
                values);
    }

    private static Map<String, String> dates(DateRange days) {
        return Map.of(
                "day_before", days.first().minusDays(1).toString(),
                "first_day", days.first().toString(),
                "next_day", days.last().plusDays(1).toString());
    }

    /** Computes the points of a chart for periods that begin and end within the given days. */
    String chartPoints(Chart chart, DateRange days) {
        return fill(
                ClasspathResource.text("/charts/cells.sql"),
                Map.of(
                        "chart",
                        chart.sql(),
                        "name",
                        chart.name(),
                        "max_labels",
                        String.valueOf(ChartFile.MAX_LABELS),
                        "max_label_length",
                        String.valueOf(ChartFile.MAX_LABEL_LENGTH),
                        "from",
                        days.first().toString(),
                        "to",
                        days.last().toString()));
    }

    private String fill(String text, Map<String, String> values) {
        String filled = text;
        String before;
        do { // a value can contain placeholders
            before = filled;
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("${" + value.getKey() + "}", value.getValue());
            }
        } while (!filled.equals(before));
        for (DerivedTable table : DerivedTable.values()) {
            filled = filled.replace("${" + table.tableName() + "}", sqlEngine.table(table.tableName()));
        }
        return filled.replace("${events}", sqlEngine.table("events"))
                .replace("${threshold}", String.valueOf(threshold));
    }
}
