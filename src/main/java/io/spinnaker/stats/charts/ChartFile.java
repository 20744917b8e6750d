package io.spinnaker.stats.charts;

import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /** The parts of the page that need no JavaScript. */
    public static final String SUMMARY = "summary.json";

    /** The feed of notable changes. */
    public static final String CHANGES = "changes.xml";

    /** All features, each judged. */
    public static final String FEATURES = "features.json";

    /** The features that are candidates for removal. */
    public static final String CANDIDATES = "candidates.csv";

    private static final String JSON_SUFFIX = ".json";
    private static final String CSV_SUFFIX = ".csv";
    private static final String PICTURE_SUFFIX = ".svg";
    private static final String DARK_PICTURE_SUFFIX = "-dark.svg";

    /** Bounded, because the service keeps an entry for each requested name. */
    private static final Pattern REPORT = Pattern.compile("report-20[2-9][0-9]-(0[1-9]|1[0-2])[.](html|md)");

    private static final Pattern NOT_IN_FILE_NAMES = Pattern.compile("[^A-Za-z0-9._-]");

    static String jsonName(Chart chart) {
        return chart.name() + JSON_SUFFIX;
    }

    static String csvName(Chart chart) {
        return chart.name() + CSV_SUFFIX;
    }

    /** The picture of a chart, for light or dark backgrounds. */
    public static String pictureName(Chart chart, boolean isDark) {
        return chart.name() + (isDark ? DARK_PICTURE_SUFFIX : PICTURE_SUFFIX);
    }

    /** The report of a month, as a page ({@code html}) or Markdown ({@code md}). */
    public static String reportName(YearMonth month, String extension) {
        return "report-" + month + "." + extension;
    }

    /** The badge of a label. */
    public static String badgeName(Chart chart, String label) {
        return "badge-" + chart.name() + "-" + NOT_IN_FILE_NAMES.matcher(label).replaceAll("-") + JSON_SUFFIX;
    }

    /** The names of the badges: of the listed names only, so that nobody can invent one. */
    private static final class Badges {

        private static final Set<String> NAMES = Charts.all().stream()
                .flatMap(chart -> listed(chart).stream().map(label -> badgeName(chart, label)))
                .collect(Collectors.toUnmodifiableSet());

        private static Collection<String> listed(Chart chart) {
            return switch (chart.name()) {
                case "stage-types" -> AllowLists.stageTypes();
                case "cloud-providers" -> AllowLists.enums().getOrDefault("cloud_provider", List.of());
                case "triggers" -> AllowLists.enums().getOrDefault("trigger_type", List.of());
                default -> List.of();
            };
        }
    }

    private static boolean isNameOf(Chart chart, String name) {
        return name.equals(jsonName(chart))
                || name.equals(csvName(chart))
                || name.equals(pictureName(chart, false))
                || name.equals(pictureName(chart, true));
    }

    /** Whether a public file has this name. */
    public static boolean isName(String name) {
        return name.equals(INDEX)
                || name.equals(ARCHIVE)
                || name.equals(SUMMARY)
                || name.equals(CHANGES)
                || REPORT.matcher(name).matches()
                || Badges.NAMES.contains(name)
                || name.equals(FEATURES)
                || name.equals(CANDIDATES)
                || Charts.all().stream().anyMatch(chart -> isNameOf(chart, name));
    }

    /** The media type of a public file. */
    public static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "zip" -> "application/zip";
            case "csv" -> "text/csv; charset=utf-8";
            case "html" -> "text/html; charset=utf-8";
            case "md" -> "text/markdown; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "xml" -> "application/atom+xml; charset=utf-8";
            default -> "application/json";
        };
    }
}
