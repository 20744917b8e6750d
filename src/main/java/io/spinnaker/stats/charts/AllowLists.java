package io.spinnaker.stats.charts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The names that charts may show, from the folder {@code lists}: those that Spinnaker itself can report. Every other name
 * could be one that a company chose. CONTRIBUTING.md says when a name may be added.
 */
public final class AllowLists {

    private static final List<String> STAGE_TYPES = column(TsvResource.rows("/lists/stage-types.tsv"), "type");
    private static final List<String> RELEASES = column(TsvResource.rows("/lists/releases.tsv"), "line");
    private static final Map<String, List<String>> ENUMS = TsvResource.rows("/lists/enums.tsv").stream()
            .collect(Collectors.groupingBy(
                    row -> row.get("kind"),
                    LinkedHashMap::new,
                    Collectors.mapping(row -> row.get("name"), Collectors.toList())));
    private static final List<Map<String, String>> UNREPORTABLE = TsvResource.rows("/lists/unreportable.tsv");

    private AllowLists() {}

    /**
     * A name that Spinnaker has and cannot report.
     *
     * @param name such as {@code cron}
     * @param reportedAs the name that stands for it, such as {@code UNKNOWN}
     */
    public record Unreportable(String name, String reportedAs) {}

    static List<String> stageTypes() {
        return STAGE_TYPES;
    }

    /** Names of an enum of {@code log.proto}, by kind, such as {@code trigger_type}. */
    static Map<String, List<String>> enums() {
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
        sql.put("stage_types", texts(STAGE_TYPES));
        sql.put(
                "releases",
                RELEASES.stream()
                        .map(release -> "SELECT %s AS major, %s AS minor".formatted((Object[]) release.split("[.]", 2)))
                        .collect(Collectors.joining(" UNION ALL ")));
        return sql;
    }

    private static String texts(List<String> names) {
        return names.stream().map(name -> '\'' + name + '\'').collect(Collectors.joining(", "));
    }

    private static List<String> column(List<Map<String, String>> rows, String column) {
        return rows.stream().map(row -> row.getOrDefault(column, "")).toList();
    }
}
