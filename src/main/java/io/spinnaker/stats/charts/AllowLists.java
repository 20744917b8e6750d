package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names that charts may show, from the folder {@code lists}: those that Spinnaker itself can report. Every other name
 * could be one that a company chose. CONTRIBUTING.md says when a name may be added.
 */
public final class AllowLists {

    private static final List<StageType> STAGE_TYPES = TsvResource.rows("/lists/stage-types.tsv").stream()
            .map(row -> new StageType(
                    row.getOrDefault("type", ""), value(row, "label"), value(row, "since"), value(row, "until")))
            .toList();
    private static final List<Release> RELEASES = TsvResource.rows("/lists/releases.tsv").stream()
            .map(row -> new Release(
                    row.getOrDefault("line", ""),
                    Optional.ofNullable(value(row, "date"))
                            .map(LocalDate::parse)
                            .orElse(null)))
            .toList();
    private static final Map<String, List<String>> ENUMS = TsvResource.rows("/lists/enums.tsv").stream()
            .collect(Collectors.groupingBy(
                    row -> row.get("kind"),
                    LinkedHashMap::new,
                    Collectors.mapping(row -> row.get("name"), Collectors.toList())));
    private static final List<Map<String, String>> UNREPORTABLE = TsvResource.rows("/lists/unreportable.tsv");
    private static final List<Map<String, String>> ALIASES = TsvResource.rows("/lists/aliases.tsv");

    private AllowLists() {}

    /**
     * A name that Spinnaker has and cannot report.
     *
     * @param name such as {@code cron}
     * @param reportedAs the name that stands for it, such as {@code UNKNOWN}
     */
    public record Unreportable(String name, String reportedAs) {}

    /**
     * A stage type of Spinnaker.
     *
     * @param type as events report it, such as {@code deployManifest}
     * @param label as Spinnaker's UI shows it, such as "Deploy (Manifest)"; null if the UI does not offer it
     * @param since the first release that has it; null if unknown
     * @param until the last release that has it; null if it has not been removed
     */
    public record StageType(
            String type,
            @Nullable String label,
            @Nullable String since,
            @Nullable String until) {}

    /**
     * A release line of Spinnaker.
     *
     * @param line its first two numbers, such as 2026.2
     * @param date the day of its first release; null if it has not been released yet
     */
    public record Release(String line, @Nullable LocalDate date) {}

    /** The stage types that charts may show. */
    public static List<StageType> knownStageTypes() {
        return STAGE_TYPES;
    }

    /** Their names in events. */
    static List<String> stageTypes() {
        return STAGE_TYPES.stream().map(StageType::type).toList();
    }

    /** The release lines that charts may show, oldest first. */
    public static List<Release> releases() {
        return RELEASES;
    }

    /** Other names that people use for a label of a chart, such as {@code k8s}. */
    public static List<String> aliases(Chart chart, String label) {
        return ALIASES.stream()
                .filter(row -> chart.name().equals(row.get("chart")) && label.equals(row.get("label")))
                .map(row -> row.getOrDefault("alias", ""))
                .toList();
    }

    /** Names of an enum of {@code log.proto}, by kind, such as {@code trigger_type}. */
    public static Map<String, List<String>> enums() {
        return ENUMS;
    }

    /** The names of a kind, such as {@code trigger}, that Spinnaker cannot report. */
    static List<Unreportable> unreportable(String kind) {
        return UNREPORTABLE.stream()
                .filter(row -> kind.equals(row.get("kind")))
                .map(row -> new Unreportable(row.getOrDefault("name", ""), row.getOrDefault("reported_as", "")))
                .toList();
    }

    /** The lists as SQL, by placeholder: texts for {@code IN} and, for releases, a query for their two numbers. */
    static Map<String, String> sql() {
        Map<String, String> sql = new LinkedHashMap<>();
        ENUMS.forEach((kind, names) -> sql.put(kind, texts(names)));
        sql.put("stage_types", texts(stageTypes()));
        sql.put(
                "releases",
                RELEASES.stream()
                        .map(release -> "SELECT %s AS major, %s AS minor"
                                .formatted((Object[]) release.line().split("[.]", 2)))
                        .collect(Collectors.joining(" UNION ALL ")));
        return sql;
    }

    private static String texts(List<String> names) {
        return names.stream().map(name -> '\'' + name + '\'').collect(Collectors.joining(", "));
    }

    private static @Nullable String value(Map<String, String> row, String column) {
        String value = row.getOrDefault(column, "");
        return value.isEmpty() ? null : value;
    }
}
