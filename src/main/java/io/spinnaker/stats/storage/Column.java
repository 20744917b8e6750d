package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * A column of a table, or a field of such a column, as described by the table's schema file (BigQuery's format; {@code
 * events.schema.json} for example).
 *
 * @param name in snake_case
 * @param type {@code STRING}, {@code INTEGER}, {@code DATE}, {@code TIMESTAMP} or {@code RECORD}
 * @param mode {@code REQUIRED}, {@code NULLABLE} or {@code REPEATED}
 * @param description the meaning; for events also the source in Spinnaker and the reason for keeping it
 * @param fields the fields of a {@code RECORD}; otherwise empty
 */
public record Column(String name, String type, String mode, String description, List<Column> fields) {

    private static final String SCHEMA = "/storage/events.schema.json";

    /** The columns of the table {@code events}, in order. */
    public static List<Column> ofEvents() {
        return of(SCHEMA);
    }

    /** The columns of the table that a schema file on the class path describes. */
    static List<Column> of(String file) {
        try (InputStream schema = Objects.requireNonNull(Column.class.getResourceAsStream(file), file)) {
            return columns(new JsonMapper().readTree(schema));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static List<Column> columns(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(column -> new Column(
                        column.path("name").asText(),
                        column.path("type").asText(),
                        column.path("mode").asText(),
                        column.path("description").asText(),
                        columns(column.path("fields"))))
                .toList();
    }
}
