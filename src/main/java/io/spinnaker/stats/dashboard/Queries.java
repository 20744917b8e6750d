package io.spinnaker.stats.dashboard;

import io.spinnaker.stats.warehouse.Analysis;
import io.spinnaker.stats.warehouse.DashboardTable;
import java.util.HashMap;
import java.util.Map;

/** The texts of queries: SQL files with their placeholders filled in. */
final class Queries {

    private final Analysis analysis;
    private final int threshold;

    Queries(Analysis analysis, int threshold) {
        this.analysis = analysis;
        this.threshold = threshold;
    }

    /** Each day's number of rows. */
    String rows(Span days) {
        return fill(Resource.text("/warehouse/daily/rolled_days.sql"), dates(days));
    }

    /** The rows that a table has of some days. */
    String rollUp(DashboardTable table, Span days) {
        Map<String, String> values = new HashMap<>(dates(days));
        values.put("counted_events", Resource.text("/warehouse/daily/counted_events.sql"));
        String own = "/warehouse/daily/" + table.tableName() + analysis.dialect();
        return fill(
                Resource.text(Resource.isThere(own) ? own : "/warehouse/daily/" + table.tableName() + ".sql"), values);
    }

    private static Map<String, String> dates(Span days) {
        return Map.of(
                "day_before", days.first().minusDays(1).toString(),
                "first_day", days.first().toString(),
                "next_day", days.last().plusDays(1).toString());
    }

    /** The cells of a chart, of periods that begin and end within those days. */
    String cells(Chart chart, Span days) {
        return fill(
                Resource.text("/charts/cells.sql"),
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
        for (DashboardTable table : DashboardTable.values()) {
            filled = filled.replace("${" + table.tableName() + "}", analysis.table(table.tableName()));
        }
        return filled.replace("${events}", analysis.table("events")).replace("${threshold}", String.valueOf(threshold));
    }
}
