package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.netflix.spinnaker.kork.proto.stats.CloudProvider;
import com.netflix.spinnaker.kork.proto.stats.DeploymentMethod;
import com.netflix.spinnaker.kork.proto.stats.Execution;
import com.netflix.spinnaker.kork.proto.stats.SpinnakerInstance;
import com.netflix.spinnaker.kork.proto.stats.Status;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.event.ProtoEnum;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the code with kork's message definitions, so that a new field fails a test instead of being dropped unnoticed. */
class LogProtoTest {

    private static final Descriptor EVENT = com.netflix.spinnaker.kork.proto.stats.Event.getDescriptor();

    private static EnumDescriptor enumOf(ProtoEnum vocabulary) {
        return switch (vocabulary) {
            case ENVIRONMENT -> SpinnakerInstance.Environment.getDescriptor();
            case DEPLOYED_ARTIFACTS -> SpinnakerInstance.DeployedArtifacts.getDescriptor();
            case DEPLOYMENT_METHOD -> DeploymentMethod.Type.getDescriptor();
            case EXECUTION_TYPE -> Execution.Type.getDescriptor();
            case TRIGGER_TYPE -> Execution.Trigger.Type.getDescriptor();
            case STATUS -> Status.getDescriptor();
            case CLOUD_PROVIDER -> CloudProvider.ID.getDescriptor();
        };
    }

    @Test
    void theSchemaHasEveryFieldOfTheMessageAndNoOther() {
        List<Column> columns = Column.ofEvents();
        assertThat(shape(columns.subList(3, columns.size()))).isEqualTo(shape(EVENT));
        assertThat(columns.subList(0, 3))
                .extracting(Column::name)
                .containsExactly("event_id", "received_at", "content_hash");
    }

    @ParameterizedTest
    @EnumSource
    void everyProtoEnumMatchesLogProto(ProtoEnum vocabulary) {
        List<EnumValueDescriptor> values = enumOf(vocabulary).getValues();
        assertThat(values).extracting(EnumValueDescriptor::getName).isEqualTo(vocabulary.names());
        assertThat(values)
                .extracting(EnumValueDescriptor::getNumber)
                .isEqualTo(IntStream.range(0, values.size()).boxed().toList());
    }

    /** One message with the first value of every enum, one with the second, and so on, so that every value occurs in every place. */
    @ParameterizedTest
    @MethodSource("rounds")
    void everyFieldReachesTheRow(int round) throws Exception {
        Message sent = filled(EVENT, round);
        JsonNode eventJson = Json.parse(JsonFormat.printer()
                .preservingProtoFieldNames()
                .alwaysPrintFieldsWithNoPresence()
                .print(sent));

        assertThat(stored(JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(sent)))
                .isEqualTo(eventJson);
        assertThat(stored(JsonFormat.printer()
                        .alwaysPrintFieldsWithNoPresence()
                        .preservingProtoFieldNames()
                        .printingEnumsAsInts()
                        .print(sent)))
                .isEqualTo(eventJson);
    }

    static IntStream rounds() {
        return IntStream.range(
                0,
                Arrays.stream(ProtoEnum.values())
                        .mapToInt(v -> v.names().size())
                        .max()
                        .orElseThrow());
    }

    private static JsonNode stored(String body) throws Exception {
        Row row = Row.of(new EventReader().read(body.getBytes(StandardCharsets.UTF_8)), Instant.now());
        return Json.eventColumns(Json.parse(new String(row.json(), StandardCharsets.UTF_8)));
    }

    private static Message filled(Descriptor type, int round) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (field.isRepeated()) {
                message.addRepeatedField(field, value(field, round)).addRepeatedField(field, value(field, round + 1));
            } else {
                message.setField(field, value(field, round));
            }
        }
        return message.build();
    }

    private static Object value(FieldDescriptor field, int round) {
        return switch (field.getJavaType()) {
            case MESSAGE -> filled(field.getMessageType(), round);
            case ENUM -> {
                List<EnumValueDescriptor> values = field.getEnumType().getValues();
                yield values.get(round % values.size());
            }
            case INT -> round;
            case STRING -> field.getName().equals("id") ? Case.SHA : field.getFullName();
            default -> throw new AssertionError("no reading rule for the type of " + field);
        };
    }

    private static List<String> shape(Descriptor type) {
        return type.getFields().stream()
                .map(field -> "%s %s %s".formatted(field.getName(), type(field), field.isRepeated()))
                .sorted()
                .toList();
    }

    private static String type(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> shape(field.getMessageType()).toString();
            case ENUM, STRING -> "STRING";
            case INT -> "INTEGER";
            default -> throw new AssertionError("no column type for " + field);
        };
    }

    private static List<String> shape(List<Column> columns) {
        return columns.stream()
                .map(column -> "%s %s %s"
                        .formatted(
                                column.name(),
                                column.type().equals("RECORD") ? shape(column.fields()) : column.type(),
                                column.mode().equals("REPEATED")))
                .sorted()
                .toList();
    }
}
