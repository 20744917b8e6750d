package io.spinnaker.stats.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.storage.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A body that a real Spinnaker posted, or would post.
 *
 * @param file in a folder named after the release; a {@code .meta} beside it says what it is, and whether it was recorded or
 *     constructed
 */
public record Payload(Path file) {

    /** The payloads of all releases. */
    public static List<Payload> all() {
        try (Stream<Path> files = Files.walk(Resources.path("payloads"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Payload::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes that the client sent. */
    public byte[] body() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new row of a payload, received now. */
    public static Row receivedNow() {
        try {
            return Row.of(new EventReader().read(all().getFirst().body()), Instant.now());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The columns that it must become: the same under other names, without nulls. Reading changes nothing but characters
     * that {@link StoredText} replaces, and the free text that 1.17 has as cloud provider.
     */
    public JsonNode row() {
        return column("", Json.parse(new String(body(), StandardCharsets.UTF_8)));
    }

    private static JsonNode column(String path, JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode columns = Json.array();
            list.forEach(element -> columns.add(column(path, element)));
            return columns;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode columns = Json.object();
            object.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> columns.set(
                            snakeCase(field.getKey()), column(path + "/" + field.getKey(), field.getValue())));
            return columns;
        }
        if (path.endsWith("/cloudProvider/id")) {
            return TextNode.valueOf(node.asText().toUpperCase(Locale.ROOT));
        }
        return node.isTextual() ? TextNode.valueOf(StoredText.of(node.asText())) : node;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return Resources.path("payloads").relativize(file).toString();
    }
}
