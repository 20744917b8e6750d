package io.spinnaker.stats.charts;

/**
 * A public file.
 *
 * @param name such as {@code versions.json}
 * @param contentType the media type
 * @param content the same bytes for the same data; shared, do not modify
 */
@SuppressWarnings("ArrayRecordComponent") // files are not compared
public record ChartFile(String name, String contentType, byte[] content) {

    /** The list of charts. */
    static final String INDEX = "index.json";

    /** All CSV files and the index. */
    static final String ARCHIVE = "all.zip";

    private static final String JSON_SUFFIX = ".json";
    private static final String CSV_SUFFIX = ".csv";

    static String jsonName(Chart chart) {
        return chart.name() + JSON_SUFFIX;
    }

    static String csvName(Chart chart) {
        return chart.name() + CSV_SUFFIX;
    }

    /** Whether a public file has this name. */
    public static boolean isName(String name) {
        return name.equals(INDEX)
                || name.equals(ARCHIVE)
                || Charts.all().stream().anyMatch(chart -> name.equals(jsonName(chart)) || name.equals(csvName(chart)));
    }

    /** The media type of a public file. */
    public static String contentType(String name) {
        if (name.equals(ARCHIVE)) {
            return "application/zip";
        }
        return name.endsWith(CSV_SUFFIX) ? "text/csv; charset=utf-8" : "application/json";
    }
}
