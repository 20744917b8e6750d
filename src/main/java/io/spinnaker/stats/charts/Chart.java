package io.spinnaker.stats.charts;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A chart, as its file {@code charts/NAME.sql} describes it.
 *
 * @param name in files and URLs: lower case and hyphens
 * @param title a few words
 * @param question what it answers
 * @param unit what its counts count, such as {@code stage runs}
 * @param measure what a picture shows first
 * @param period what one of its numbers is about
 * @param sql one query for GoogleSQL and DuckDB, on what {@code cells.sql} defines; yields the facts
 *     that it makes numbers of
 */
record Chart(String name, String title, String question, String unit, Measure measure, ChartPeriod period, String sql) {

    private static final Pattern HEADER = Pattern.compile("^-- (\\w+): (.+)$", Pattern.MULTILINE);

    /** What a picture shows first: instances, the count, or the part's share of the count. */
    enum Measure {
        INSTANCES,
        COUNT,
        SHARE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a chart's file: headers in the form {@code -- title: …}, then SQL. */
    static Chart of(String name) {
        String text = ClasspathResource.text("/charts/" + name + ".sql");
        Map<String, String> headers = HEADER.matcher(text)
                .results()
                .collect(Collectors.toMap(header -> header.group(1), header -> header.group(2)));
        return new Chart(
                name,
                headers.getOrDefault("title", ""),
                headers.getOrDefault("question", ""),
                headers.getOrDefault("unit", ""),
                Measure.valueOf(headers.getOrDefault("measure", "").toUpperCase(Locale.ROOT)),
                ChartPeriod.valueOf(headers.getOrDefault("period", "").toUpperCase(Locale.ROOT)),
                text);
    }
}
