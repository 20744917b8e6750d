package io.spinnaker.stats.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** JSON helpers of the tests. */
public final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** Parses text that must be JSON. */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Text as a JSON string. */
    public static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** Drops null fields at any depth, because a database has NULL where a row leaves a column out. */
    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(Json::dropNulls);
    }

    /** The columns of the event: a row without the columns that the service adds. */
    public static JsonNode eventColumns(JsonNode row) {
        ObjectNode columns = row.deepCopy();
        dropNulls(columns);
        columns.remove(List.of("event_id", "received_at", "content_hash"));
        return columns;
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static JsonNode number(double number) {
        return DoubleNode.valueOf(number);
    }

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
