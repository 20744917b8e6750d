package io.spinnaker.stats.charts;

import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** SQL files of the class path with their placeholders filled in. */
final class SqlTemplates {

    /** Replaces the noise where an owner does not want it. */
    private static final String NO_NOISE = "0";

    /** The instance ID of synthetic events is the SHA-256 of this text, also in {@code shared_events.sql} and {@code smoke.sh}. */
    static final String SYNTHETIC_INSTANCE = "smoke-test";

    private final SqlEngine sqlEngine;
    private final Map<String, String> rules = new HashMap<>(AllowLists.sql());

    SqlTemplates(SqlEngine sqlEngine, int threshold, boolean noise) {
        this.sqlEngine = sqlEngine;
        rules.put("threshold", String.valueOf(threshold));
        rules.put("noise", noise ? rule("noise") : NO_NOISE);
        rules.put("voters", rule("voters"));
        rules.put("synthetic_instance", sqlEngine.sha256Hex("'" + SYNTHETIC_INSTANCE + "'"));
        rules.put("record_key", key("secret.salt || counted.instance"));
        rules.put("count_key", key("secret.salt || CAST(record_keys AS STRING)"));
        rules.put("share_key", key("secret.salt || 'share ' || CAST(record_keys AS STRING)"));
        rules.put("event_key", key("event_id"));
        rules.put("release_expression", ClasspathResource.text("/storage/rollups/release.sql"));
        rules.put("counted_events", ClasspathResource.text("/storage/rollups/counted_events.sql"));
        for (DerivedTable table : DerivedTable.values()) {
            rules.put(table.tableName(), sqlEngine.table(table.tableName()));
        }
        rules.put("events", sqlEngine.table("events"));
    }

    /** An expression for a whole number of 32 bits: the beginning of the SHA-256 of a text expression. */
    private String key(String text) {
        return "CAST('0x' || SUBSTR(%s, 1, 8) AS INT64)".formatted(sqlEngine.sha256Hex(text));
    }

    private static String rule(String name) {
        return ClasspathResource.text("/charts/rules/" + name + ".sql");
    }

    /** Counts and hashes the events of each day. */
    String eventsPerDay(DateRange days) {
        return fill(ClasspathResource.text("/storage/rollups/rollup_state.sql"), dates(days));
    }

    /** Computes the rows of a daily table for some days. */
    String rollUp(DerivedTable table, DateRange days) {
        String dialectFile = "/storage/rollups/" + table.tableName() + sqlEngine.fileSuffix();
        return fill(
                ClasspathResource.text(
                        ClasspathResource.exists(dialectFile)
                                ? dialectFile
                                : "/storage/rollups/" + table.tableName() + ".sql"),
                dates(days));
    }

    private static Map<String, String> dates(DateRange days) {
        return Map.of(
                "day_before", days.first().minusDays(1).toString(),
                "first_day", days.first().toString(),
                "next_day", days.last().plusDays(1).toString());
    }

    /** Computes the points of a chart for the periods that begin within the given days. */
    String points(Chart chart, DateRange days) {
        Map<String, String> values = values(chart.period(), days);
        values.put("name", chart.name());
        values.put("chart", chart.sql());
        return fill(rule("cells"), values);
    }

    /** Computes the rows of {@code drawn_periods} for the periods of some charts, of one length, that begin within the given days. */
    String periods(List<Chart> charts, DateRange days) {
        ChartPeriod period = charts.getFirst().period();
        List<String> periods = new ArrayList<>();
        for (LocalDate begin = days.first(); !begin.isAfter(days.last()); begin = period.plus(begin, 1)) {
            periods.add("SELECT DATE '%s' AS period, %d AS days".formatted(begin, period.days(begin)));
        }
        Map<String, String> values = values(period, days);
        values.put("periods", String.join(" UNION ALL ", periods));
        values.put(
                "charts",
                charts.stream()
                        .map(chart -> "SELECT '%s' AS chart".formatted(chart.name()))
                        .collect(Collectors.joining(" UNION ALL ")));
        return fill(rule("periods"), values);
    }

    private static Map<String, String> values(ChartPeriod period, DateRange days) {
        return new HashMap<>(Map.of(
                "period", period.column(),
                "from", days.first().toString(),
                "to", days.last().toString()));
    }

    /** Computes the numbers that {@link PublicationCheck} judges, for the month that begins on the given day. */
    String checks(LocalDate month) {
        return fill(
                rule("checks"),
                Map.of(
                        "month", month.toString(),
                        "period", ChartPeriod.MONTH.column(),
                        "from", month.minusMonths(1).toString(),
                        "to", ChartPeriod.MONTH.end(month).toString()));
    }

    private String fill(String text, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(rules);
        all.putAll(values);
        String filled = text;
        String before;
        do { // a value can contain placeholders
            before = filled;
            for (Map.Entry<String, String> value : all.entrySet()) {
                filled = filled.replace("${" + value.getKey() + "}", value.getValue());
            }
        } while (!filled.equals(before));
        return filled;
    }
}
