package io.spinnaker.stats.charts;

import io.spinnaker.stats.charts.AllowLists.Unreportable;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chart, as the headers of its file {@code charts/NAME.sql} describe it.
 *
 * @param name in file names and URLs: lower case and hyphens
 * @param title a few words
 * @param question the question that the chart answers
 * @param section heading under which the page shows it, with the other charts of that section
 * @param numbers the numbers that its labels have; the page shows the first one first
 * @param period length of time that one number is about
 * @param view how the page shows it first
 * @param order how labels are sorted
 * @param labels how the labels of one period relate, and so which numbers add up
 * @param explanations sentences that explain labels such as {@code (own)} and {@code UNKNOWN}, by label
 * @param unreportable names that Spinnaker has and cannot report
 * @param annotations sentences about months in which the meaning of the numbers changed
 * @param feature noun for one label, such as {@code stage type}, if the labels have badges; otherwise null
 * @param breakdown the charts whose labels are combined in its labels; null if there are none
 * @param tile title of its tile among the page's key numbers; null if it has none
 * @param tileValue what the tile shows; null if there is no tile
 * @param sql one query for GoogleSQL and DuckDB, on the tables that {@code cells.sql} defines, which makes published
 *     numbers of its rows
 */
public record Chart(
        String name,
        String title,
        String question,
        String section,
        List<PublishedNumber> numbers,
        ChartPeriod period,
        View view,
        Order order,
        Labels labels,
        Map<String, String> explanations,
        List<Unreportable> unreportable,
        List<Annotation> annotations,
        @Nullable String feature,
        @Nullable Breakdown breakdown,
        @Nullable String tile,
        @Nullable TileValue tileValue,
        String sql) {

    /** A number of a label in one period. */
    public enum PublishedNumber {
        /** The instances that have the label. */
        INSTANCES,
        /** Those with 30 runs of it or more. */
        REGULAR,
        /** Those of whose runs more than 10 % failed. */
        FAILING,
        /** The mean over all instances of the label's share of each one's runs, in percent. */
        SHARE
    }

    /**
     * A change of the meaning of the numbers.
     *
     * @param month the first month with the new meaning
     * @param text a sentence or two for readers
     */
    public record Annotation(YearMonth month, String text) {}

    /**
     * The charts whose labels are combined: each label is one of the first chart, then " on ", then one of the second.
     *
     * @param chart the chart of the features
     * @param totals the chart with the number of all instances that the label's second part describes
     */
    public record Breakdown(String chart, String totals) {}

    /** How the page shows a chart first. */
    public enum View {
        /** The last period, as bars. */
        BARS,
        /** Change over time, as lines or stacks. */
        TREND,
        /** Change by months since the date of a release, as one line per release. */
        AGE
    }

    /** How labels are sorted. */
    public enum Order {
        /** By instances, most first. */
        VALUE,
        /** By label, such as releases and sizes. */
        LABEL
    }

    /** How the labels of one period relate. */
    public enum Labels {
        /** An instance has one label: instances add up, but for the noise. */
        EXCLUSIVE,
        /** An instance can have several labels: only shares add up. */
        OVERLAPPING,
        /** A label includes all later ones: nothing adds up. */
        CUMULATIVE,
        /** Each label is about another property: nothing adds up. */
        INDEPENDENT
    }

    /** The number of the last period that a tile shows. */
    public enum TileValue {
        /** The number of instances that count. */
        INSTANCES,
        /** The label with the most instances. */
        TOP
    }

    /** Whether its labels are features, which the page's explorer offers. */
    public boolean hasFeatures() {
        return period == ChartPeriod.MONTH && breakdown == null;
    }

    /** Reads a chart's file. */
    static Chart of(String name) {
        return parse(name, ClasspathResource.text("/charts/" + name + ".sql"));
    }

    static Chart parse(String name, String text) {
        ChartHeaders headers = ChartHeaders.parse("charts/" + name + ".sql", text);
        String tile = headers.optional("tile");
        List<Unreportable> unreportable = unreportable(headers);
        Chart chart = new Chart(
                name,
                headers.required("title"),
                headers.required("question"),
                headers.required("section"),
                headers.requiredList("numbers", PublishedNumber.class),
                headers.required("period", ChartPeriod.class),
                headers.required("view", View.class),
                headers.required("order", Order.class),
                headers.required("labels", Labels.class),
                explanations(headers, unreportable),
                unreportable,
                annotations(headers),
                headers.optional("feature"),
                breakdown(headers),
                tile,
                tile == null ? null : headers.required("tile-value", TileValue.class),
                text);
        headers.requireAllRead();
        if (chart.period == ChartPeriod.DAY && chart.view != View.TREND) {
            throw headers.error("has another view than \"trend\", but daily numbers have a trend only");
        }
        return chart;
    }

    /**
     * The sentences of the headers, each of which begins with the label that it explains, in parentheses or a single word; and one
     * for each label that stands for unreportable names.
     */
    private static Map<String, String> explanations(ChartHeaders headers, List<Unreportable> unreportable) {
        Map<String, String> explanations = new LinkedHashMap<>();
        for (String sentence : headers.all("explain")) {
            int end = sentence.startsWith("(") ? sentence.indexOf(')') + 1 : sentence.indexOf(" means ");
            if (end <= 0) {
                throw headers.error(
                        "has the header \"explain: %s\"; begin it with a label such as (own)".formatted(sentence));
            }
            explanations.put(sentence.substring(0, end), sentence);
        }
        unreportable.stream()
                .collect(Collectors.groupingBy(
                        Unreportable::reportedAs,
                        LinkedHashMap::new,
                        Collectors.mapping(Unreportable::name, Collectors.toList())))
                .forEach((label, names) -> explanations.merge(
                        label,
                        "%s also stands for %s, which Spinnaker cannot report.".formatted(label, Format.list(names)),
                        (header, sentence) -> header + " " + sentence));
        return explanations;
    }

    private static List<Unreportable> unreportable(ChartHeaders headers) {
        String kind = headers.optional("unreportable");
        if (kind == null) {
            return List.of();
        }
        List<Unreportable> names = AllowLists.unreportable(kind);
        if (names.isEmpty()) {
            throw headers.error(
                    "has the header \"unreportable: %s\"; expected a kind of lists/unreportable.tsv".formatted(kind));
        }
        return names;
    }

    private static @Nullable Breakdown breakdown(ChartHeaders headers) {
        String charts = headers.optional("breakdown");
        if (charts == null) {
            return null;
        }
        String[] names = charts.split(" on ", -1);
        if (names.length != 2) {
            throw headers.error("has the header \"breakdown: %s\"; expected two charts, as in stage-types on versions"
                    .formatted(charts));
        }
        return new Breakdown(names[0], names[1]);
    }

    /** Each begins with a month. */
    private static List<Annotation> annotations(ChartHeaders headers) {
        return headers.all("annotation").stream()
                .map(annotation -> {
                    String[] parts = annotation.split(" ", 2);
                    if (parts.length < 2 || !parts[0].matches("[0-9]{4}-(0[1-9]|1[0-2])")) {
                        throw headers.error("has the header \"annotation: %s\"; begin it with a month such as 2026-09"
                                .formatted(annotation));
                    }
                    return new Annotation(YearMonth.parse(parts[0]), parts[1]);
                })
                .toList();
    }
}
