package io.spinnaker.stats.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/** Payloads as the old server's log sink stored them: names in lower case, without proto3's default values. */
public final class Logged {

    private static final Set<String> DEFAULTS =
            Set.of("", "0", "UNKNOWN", "NONE", "ENVIRONMENT_UNKNOWN", "DEPLOYED_ARTIFACTS_UNKNOWN");

    /** Fields that the old server did not have. */
    private static final Set<String> NEW = Set.of("environment", "deployedartifacts", "pipelinecount");

    private Logged() {}

    /** The sink's row of a payload. */
    public static JsonNode byOldServer(Payload payload, Instant time) {
        ObjectNode row = Json.object();
        row.put("timestamp", time.toString());
        row.set("jsonPayload", logged(false, "", parse(payload)));
        return row;
    }

    /** The fields of a payload that the old server would have logged if it had known all of today's fields; absent ones left out. */
    public static JsonNode withNewFields(Payload payload) {
        return withoutNothing(logged(true, "", parse(payload)));
    }

    /** JSON without nulls and without objects of nulls only, at any depth, because a query cannot distinguish them. */
    public static JsonNode withoutNothing(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode all = Json.array();
            list.forEach(element -> all.add(withoutNothing(element)));
            return all;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode some = Json.object();
            object.properties().forEach(field -> {
                JsonNode value = withoutNothing(field.getValue());
                if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                    some.set(field.getKey(), value);
                }
            });
            return some;
        }
        return node.isNumber() ? Json.number(node.asDouble()) : node;
    }

    private static JsonNode parse(Payload payload) {
        return Json.parse(new String(payload.body(), StandardCharsets.UTF_8));
    }

    private static JsonNode logged(boolean newFields, String name, JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode all = Json.array();
            list.forEach(element -> all.add(logged(newFields, name, element)));
            return all;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode some = Json.object();
            object.properties().forEach(field -> {
                String column = field.getKey().toLowerCase(Locale.ROOT);
                String path = name + "." + column;
                if (!isDefault(path, field.getValue()) && (newFields || !NEW.contains(column))) {
                    some.set(column, logged(newFields, path, field.getValue()));
                }
            });
            return some;
        }
        if (name.endsWith(
                ".cloudprovider.id")) { // 1.17 sends a cloud provider in free text; the reader makes it upper case
            return Json.text(node.asText().toUpperCase(Locale.ROOT));
        }
        return newFields && node.isTextual() ? Json.text(StoredText.of(node.asText())) : node;
    }

    private static boolean isDefault(String path, JsonNode value) {
        boolean isText = path.endsWith(".version") || path.endsWith(".stages.type") || path.endsWith(".variant");
        return value.isValueNode() && (isText ? value.asText().isEmpty() : DEFAULTS.contains(value.asText()));
    }
}
