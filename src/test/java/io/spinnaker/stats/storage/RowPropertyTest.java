package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.netflix.spinnaker.kork.proto.stats.Event;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.JsonForm;
import io.spinnaker.stats.contract.SentEvents;
import io.spinnaker.stats.contract.StoredText;
import io.spinnaker.stats.event.EventReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowPropertyTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @ParameterizedTest
    @EnumSource
    void hasEveryFieldOfTheMessageUnderItsName(JsonForm form) throws Exception {
        for (Event sent : SentEvents.stream(1_000).toList()) {
            Row row = Row.of(new EventReader().read(form.body(sent)), Instant.now());
            assertThat(Json.eventColumns(Json.parse(new String(row.json(), StandardCharsets.UTF_8))))
                    .isEqualTo(columns(sent));
        }
    }

    private static ObjectNode columns(Message message) {
        ObjectNode columns = JSON.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            Object value = message.getField(field);
            if (value instanceof List<?> list) {
                ArrayNode elements = columns.putArray(field.getName());
                list.forEach(element -> elements.add(column(element)));
            } else if (!field.hasPresence() || message.hasField(field)) {
                columns.set(field.getName(), column(value));
            }
        }
        return columns;
    }

    private static JsonNode column(Object value) {
        return switch (value) {
            case Message message -> columns(message);
            case EnumValueDescriptor name ->
                JSON.textNode(name.getIndex() >= 0 ? name.getName() : String.valueOf(name.getNumber()));
            case Integer count -> JSON.numberNode(count);
            case String text -> JSON.textNode(StoredText.of(text));
            default -> throw new AssertionError("no column for " + value);
        };
    }
}
