package io.spinnaker.stats.contract;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.netflix.spinnaker.kork.proto.stats.Event;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Random events of kork's own message that the service must store: with or without each optional part; any text, any
 * count from 0 on, enum values of today's proto and of a later one.
 */
public final class SentEvents {

    private final Randomly random;

    private SentEvents(long seed) {
        this.random = new Randomly(seed);
    }

    /** The given number of events, the same each time. */
    public static Stream<Event> stream(int number) {
        return LongStream.range(0, number)
                .mapToObj(seed -> (Event) new SentEvents(seed).message(Event.getDefaultInstance()));
    }

    private Message message(Message empty) {
        Message.Builder message = empty.newBuilderForType();
        for (FieldDescriptor field : empty.getDescriptorForType().getFields()) {
            boolean required = List.of("spinnaker_instance", "application").contains(field.getName());
            if (field.isRepeated()) {
                message.setField(field, random.list(5, () -> value(message, field)));
            } else if (!field.hasPresence() || required || random.chance(0.8)) {
                message.setField(field, value(message, field));
            }
        }
        return message.build();
    }

    private Object value(Message.Builder parent, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> message(parent.newBuilderForField(field).build());
            case ENUM -> enumValue(field.getEnumType());
            case INT -> random.number(0, Integer.MAX_VALUE);
            case STRING ->
                switch (field.getFullName().replaceFirst(".*\\.(.+\\.)", "$1")) {
                    case "SpinnakerInstance.id", "Application.id" -> random.sha256();
                    case "Execution.id" -> random.chance(0.5) ? random.sha256() : "";
                    default -> random.chance(0.8) ? random.text(0, 20) : random.text(250, 260); // 255 are kept
                };
            default -> throw new AssertionError("no reading rule for the type of " + field);
        };
    }

    private Object enumValue(EnumDescriptor type) {
        return random.chance(0.9)
                ? random.of(type.getValues())
                : type.findValueByNumberCreatingIfUnknown(random.number(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
}
