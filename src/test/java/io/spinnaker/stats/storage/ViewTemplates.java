package io.spinnaker.stats.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The views of {@code storage/views} with their placeholders filled in, as Terraform does it. */
public final class ViewTemplates {

    private static final Path RESOURCES = Path.of("src/main/resources");

    private ViewTemplates() {}

    /**
     * The query of a view.
     *
     * @param tables the quoted names of its tables, by placeholder
     */
    public static String fill(String view, Map<String, String> tables) {
        Map<String, String> values = new HashMap<>(allowLists());
        values.put("release", text("storage/rollups/release.sql"));
        values.putAll(tables);
        String text = text("storage/views/" + view + ".sql");
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        }
        return text;
    }

    /** The lists of names in SQL, by kind. */
    private static Map<String, String> allowLists() {
        Map<String, String> lists = new HashMap<>();
        listed("enums").forEach(row -> add(lists, row.getFirst(), row.get(1)));
        listed("stage-types").forEach(row -> add(lists, "stage_types", row.getFirst()));
        return lists;
    }

    private static void add(Map<String, String> lists, String kind, String name) {
        lists.merge(kind, "'" + name + "'", (some, more) -> some + ", " + more);
    }

    /** The rows of a list. */
    static List<List<String>> listed(String list) {
        return text("lists/" + list + ".tsv")
                .lines()
                .skip(1)
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(RESOURCES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
