package io.spinnaker.stats.dashboard;

import io.spinnaker.stats.warehouse.Analysis;
import io.spinnaker.stats.warehouse.DashboardTable;
import java.time.LocalDate;
import java.util.Map;

/** The texts of queries: SQL files with their placeholders filled in. */
final class Queries {

    private final Analysis analysis;
    private final int threshold;

    Queries(Analysis analysis, int threshold) {
        this.analysis = analysis;
        this.threshold = threshold;
    }

    /** Each day's number of rows, from one day to another. */
    String rows(LocalDate first, LocalDate last) {
        return fill(
                Resource.text("/warehouse/daily/rolled_days.sql"),
                Map.of(
                        "first_day",
                        first.toString(),
                        "next_day",
                        last.plusDays(1).toString()));
    }

    /** The rows that a table has of one day. */
    String rollUp(DashboardTable table, LocalDate day) {
        Map<String, String> days = Map.of(
                "counted_events",
                Resource.text("/warehouse/daily/counted_events.sql"),
                "day",
                day.toString(),
                "day_before",
                day.minusDays(1).toString(),
                "next_day",
                day.plusDays(1).toString());
        String own = "/warehouse/daily/" + table.tableName() + analysis.dialect();
        String text = Resource.text(Resource.isThere(own) ? own : "/warehouse/daily/" + table.tableName() + ".sql");
        return fill(text, days);
    }

    /** The cells of a chart, of periods that begin and end within those days. */
    String cells(Chart chart, LocalDate from, LocalDate to) {
        return fill(
                Resource.text("/charts/cells.sql"),
                Map.of("chart", chart.sql(), "name", chart.name(), "from", from.toString(), "to", to.toString()));
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
