package io.spinnaker.stats.charts;

/**
 * A public file.
 *
 * @param name such as {@code versions.json}
 * @param contentType the media type with its charset
 * @param content the same bytes for the same data; shared, do not modify
 */
@SuppressWarnings("ArrayRecordComponent") // files are not compared
public record ChartFile(String name, String contentType, byte[] content) {

    /**
     * Labels of one period of a chart, without {@code (other)}. Spinnaker has 224 stage types, of which most are rare; with
     * labels of the length below, a file of 36 months stays under the 2 MiB that the service serves.
     */
    static final int MAX_LABELS = 150;

    /** Characters of a label. The longest name that Spinnaker has is shorter. */
    static final int MAX_LABEL_LENGTH = 64;

    /** The list of charts. */
    static final String INDEX = "index.json";

    private static final String JSON_SUFFIX = ".json";
    private static final String CSV_SUFFIX = ".csv";

    static String jsonName(Chart chart) {
        return chart.name() + JSON_SUFFIX;
    }

    static String csvName(Chart chart) {
        return chart.name() + CSV_SUFFIX;
    }

    /** The name of the chart that the file is about; {@code index} for the list of charts. */
    public String chart() {
        return name.substring(0, name.indexOf('.'));
    }

    /** Whether a public file has this name. */
    public static boolean isName(String name) {
        return name.equals(INDEX)
                || Charts.all().stream().anyMatch(chart -> name.equals(jsonName(chart)) || name.equals(csvName(chart)));
    }

    /** The media type of a public file. */
    public static String contentType(String name) {
        return name.endsWith(CSV_SUFFIX) ? "text/csv; charset=utf-8" : "application/json";
    }
}
