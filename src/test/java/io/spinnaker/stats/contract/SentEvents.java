package io.spinnaker.stats.contract;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.netflix.spinnaker.kork.proto.stats.Event;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Events that kork's own message can say and that must be stored: with or without each part, but for the two whose ids
 * are required; any text, any count from 0 on, enum values of today's proto and of a later one.
 */
public final class SentEvents implements ArbitrarySupplier<Event> {

    @Override
    public Arbitrary<Event> get() {
        return message(Event.getDefaultInstance()).map(Event.class::cast);
    }

    private static Arbitrary<Message> message(Message empty) {
        List<FieldDescriptor> fields = empty.getDescriptorForType().getFields();
        return Combinators.combine(
                        fields.stream().map(field -> part(empty, field)).toList())
                .as(parts -> {
                    Message.Builder message = empty.newBuilderForType();
                    for (int i = 0; i < fields.size(); i++) {
                        FieldDescriptor field = fields.get(i);
                        parts.get(i).ifPresent(value -> message.setField(field, value));
                    }
                    return message.build();
                });
    }

    private static Arbitrary<Optional<Object>> part(Message parent, FieldDescriptor field) {
        Arbitrary<Object> value =
                field.isRepeated() ? value(parent, field).list().ofMaxSize(5).asGeneric() : value(parent, field);
        boolean required = List.of("spinnaker_instance", "application").contains(field.getName());
        return field.hasPresence() && !required ? value.optional(0.8) : value.map(Optional::of);
    }

    private static Arbitrary<Object> value(Message parent, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE ->
                message(parent.newBuilderForType().newBuilderForField(field).build())
                        .asGeneric();
            case ENUM -> enumValue(field.getEnumType()).asGeneric();
            case INT -> Arbitraries.integers().greaterOrEqual(0).asGeneric();
            case STRING ->
                switch (field.getFullName().replaceFirst(".*\\.(.+\\.)", "$1")) {
                    case "SpinnakerInstance.id", "Application.id" -> sha256().asGeneric();
                    case "Execution.id" ->
                        Arbitraries.oneOf(sha256(), Arbitraries.just("")).asGeneric();
                    default -> text().asGeneric();
                };
            default -> throw new AssertionError("no reading rule for the type of " + field);
        };
    }

    private static Arbitrary<EnumValueDescriptor> enumValue(EnumDescriptor type) {
        return Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of(type.getValues())),
                Tuple.of(1, Arbitraries.integers().map(type::findValueByNumberCreatingIfUnknown)));
    }

    private static Arbitrary<String> sha256() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    }

    /** All of Unicode, often as long as what is cut. */
    private static Arbitrary<String> text() {
        Arbitrary<Integer> character = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7F),
                Arbitraries.integers().between(0, Character.MIN_SURROGATE - 1),
                Arbitraries.integers().between(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT));
        return Arbitraries.frequencyOf(
                        Tuple.of(4, character.list().ofMaxSize(20)),
                        Tuple.of(1, character.list().ofMinSize(250).ofMaxSize(260)))
                .map(characters -> characters.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }
}
