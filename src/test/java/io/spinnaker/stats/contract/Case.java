package io.spinnaker.stats.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code cases.tsv}.
 *
 * @param status the answer that the body must get
 * @param row the columns that it becomes ({@code rows.tsv}), null when it is refused
 */
public record Case(
        String name, int status, String body, @Nullable JsonNode row) {

    /** A valid id. */
    public static final String SHA = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    /** All cases. */
    public static Stream<Case> all() {
        Map<String, JsonNode> rows = lines("rows.tsv")
                .collect(Collectors.toMap(columns -> columns.get(0), columns -> Json.parse(columns.get(1))));
        return lines("cases.tsv")
                .map(columns -> new Case(
                        columns.get(0), Integer.parseInt(columns.get(1)), columns.get(2), rows.get(columns.get(0))));
    }

    /** The case with the given name. */
    public static Case named(String name) {
        return all().filter(c -> c.name.equals(name)).findFirst().orElseThrow();
    }

    private static Stream<List<String>> lines(String file) {
        return Resources.text(file)
                .lines()
                .map(line -> List.of(line.replace("{{sha}}", SHA).split("\t", -1)));
    }

    @Override
    public String toString() {
        return name;
    }
}
