package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import java.util.HashMap;
import java.util.Map;

/** The texts of templates: SQL files with their placeholders filled in. */
final class SqlTemplates {

    private final SqlEngine sqlEngine;
    private final int threshold;

    SqlTemplates(SqlEngine sqlEngine, int threshold) {
        this.sqlEngine = sqlEngine;
        this.threshold = threshold;
    }

    /** Each day's number of rows. */
    String rows(DateRange days) {
        return fill(ClasspathResource.text("/storage/rollups/rollup_state.sql"), dates(days));
    }

    /** The rows that a table has of some days. */
    String rollUp(DerivedTable table, DateRange days) {
        Map<String, String> values = new HashMap<>(dates(days));
        values.put("counted_events", ClasspathResource.text("/storage/rollups/counted_events.sql"));
        String own = "/storage/rollups/" + table.tableName() + sqlEngine.fileSuffix();
        return fill(
                ClasspathResource.text(
                        ClasspathResource.isThere(own) ? own : "/storage/rollups/" + table.tableName() + ".sql"),
                values);
    }

    private static Map<String, String> dates(DateRange days) {
        return Map.of(
                "day_before", days.first().minusDays(1).toString(),
                "first_day", days.first().toString(),
                "next_day", days.last().plusDays(1).toString());
    }

    /** The cells of a chart, of periods that begin and end within those days. */
    String cells(Chart chart, DateRange days) {
        return fill(
                ClasspathResource.text("/charts/cells.sql"),
                Map.of(
                        "chart",
                        chart.sql(),
                        "name",
                        chart.name(),
                        "from",
                        days.first().toString(),
                        "to",
                        days.last().toString()));
    }

    private String fill(String text, Map<String, String> values) {
        String filled = text;
        String before;
        do { // a value can have placeholders of its own
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
