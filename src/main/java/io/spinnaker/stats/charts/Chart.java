package io.spinnaker.stats.charts;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chart, as the headers of its file {@code charts/NAME.sql} describe it.
 *
 * @param name in file names and URLs: lower case and hyphens
 * @param title a few words
 * @param question the question that the chart answers
 * @param section heading under which the page shows it, with the other charts of that section
 * @param unit noun for its counts, such as {@code stage runs}
 * @param measure the number that the page shows first
 * @param period length of time that one number is about
 * @param view how the page shows it first
 * @param order how labels are sorted
 * @param labels how the labels of one period relate, and so which numbers add up
 * @param part noun for its parts, such as {@code stage runs that failed}; null if it counts none
 * @param explanations sentences that explain labels such as {@code (none)}, by label
 * @param feature noun for one label, such as {@code stage type}, if the page's explorer offers the labels; otherwise null
 * @param baseline label of the instances that other charts are compared with; null for all charts but one
 * @param tile title of its tile among the page's key numbers; null if it has none
 * @param tileValue what the tile shows; null if there is no tile
 * @param sql one query for GoogleSQL and DuckDB, on the tables that {@code cells.sql} defines, which makes published
 *     numbers of its rows
 */
record Chart(
        String name,
        String title,
        String question,
        String section,
        String unit,
        Measure measure,
        ChartPeriod period,
        View view,
        Order order,
        Labels labels,
        @Nullable String part,
        Map<String, String> explanations,
        @Nullable String feature,
        @Nullable String baseline,
        @Nullable String tile,
        @Nullable TileValue tileValue,
        String sql) {

    /** The number that the page shows first. */
    enum Measure {
        INSTANCES,
        COUNT,
        /** The part's share of the count or, without a part, the label's share of all counts. */
        SHARE
    }

    /** How the page shows a chart first. */
    enum View {
        /** The last period, as bars. */
        BARS,
        /** Change over time, as lines or stacks. */
        TREND
    }

    /** How labels are sorted. */
    enum Order {
        /** By their numbers, the largest first. */
        VALUE,
        /** By label, such as releases and sizes. */
        LABEL
    }

    /** How the labels of one period relate. */
    enum Labels {
        /** An instance has one label: instances and counts add up. */
        EXCLUSIVE,
        /** An instance can have several labels: only counts add up. */
        OVERLAPPING,
        /** A label includes all later ones: nothing adds up. */
        CUMULATIVE,
        /** Each label counts the same things in another respect: nothing adds up. */
        INDEPENDENT
    }

    /** The number of the last period that a tile shows. */
    enum TileValue {
        /** The number of instances with the chart's baseline label. */
        BASELINE,
        /** The sum of all counts. */
        TOTAL,
        /** The label with the most instances. */
        TOP
    }

    /** Reads a chart's file. */
    static Chart of(String name) {
        return parse(name, ClasspathResource.text("/charts/" + name + ".sql"));
    }

    static Chart parse(String name, String text) {
        ChartHeaders headers = ChartHeaders.parse("charts/" + name + ".sql", text);
        String tile = headers.optional("tile");
        Chart chart = new Chart(
                name,
                headers.required("title"),
                headers.required("question"),
                headers.required("section"),
                headers.required("unit"),
                headers.required("measure", Measure.class),
                headers.required("period", ChartPeriod.class),
                headers.required("view", View.class),
                headers.required("order", Order.class),
                headers.required("labels", Labels.class),
                headers.optional("part"),
                explanations(headers),
                headers.optional("feature"),
                headers.optional("baseline"),
                tile,
                tile == null ? null : headers.required("tile-value", TileValue.class),
                text);
        headers.requireAllRead();
        if (chart.period == ChartPeriod.DAY && chart.view == View.BARS) {
            throw headers.error("has the header \"view: bars\", but daily numbers have a trend only");
        }
        return chart;
    }

    /** Each sentence begins with the label that it explains, which is in parentheses. */
    private static Map<String, String> explanations(ChartHeaders headers) {
        Map<String, String> explanations = new LinkedHashMap<>();
        for (String sentence : headers.all("explain")) {
            int end = sentence.indexOf(')') + 1;
            if (!sentence.startsWith("(") || end == 0) {
                throw headers.error(
                        "has the header \"explain: %s\"; begin it with a label such as (none)".formatted(sentence));
            }
            explanations.put(sentence.substring(0, end), sentence);
        }
        return explanations;
    }
}
