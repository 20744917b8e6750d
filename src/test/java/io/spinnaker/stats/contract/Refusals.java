package io.spinnaker.stats.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.netflix.spinnaker.kork.proto.stats.Event;
import java.util.stream.Collectors;

/**
 * All that may be said of an event that is refused, as regular expressions: what they match holds nothing that the
 * client wrote.
 */
public final class Refusals {

    /** The path of a field of kork's message, such as {@code execution.stages[3].type}. */
    public static final String FIELD = fieldOf(Event.getDescriptor());

    /** The rules that a problem document can state. */
    public static final String RULE = "(must be ("
            + "a SHA-256: 64 lower-case hex digits(, or empty)?"
            + "|text|an object|a list|a name or a whole number|a whole number from 0 to 2147483647"
            + ")|is missing)";

    private Refusals() {}

    private static String fieldOf(Descriptor message) {
        return message.getFields().stream().map(Refusals::path).collect(Collectors.joining("|", "(", ")"));
    }

    private static String path(FieldDescriptor field) {
        return field.getJsonName()
                + (field.isRepeated() ? "(\\[[0-9]{1,7}])?" : "")
                + (field.getJavaType() == JavaType.MESSAGE ? "(\\." + fieldOf(field.getMessageType()) + ")?" : "");
    }
}
