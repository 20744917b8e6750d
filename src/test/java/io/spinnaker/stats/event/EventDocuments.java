package io.spinnaker.stats.event;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.netflix.spinnaker.kork.proto.stats.Event;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Randomly;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Random JSON documents. Most have the shape of kork's message, which fully random JSON would never have. In some, a field
 * is absent, duplicated, unknown, in the other spelling, or replaced by arbitrary JSON.
 */
final class EventDocuments {

    private static final double RARE = 0.05;

    private final Randomly random;

    private EventDocuments(long seed) {
        this.random = new Randomly(seed);
    }

    /** The given number of documents, the same each time. */
    static Stream<String> stream(int number) {
        return LongStream.range(0, number).mapToObj(seed -> new EventDocuments(seed).document());
    }

    private String document() {
        return random.chance(0.9) ? message(Event.getDescriptor()) : anything(3);
    }

    private String message(Descriptor message) {
        return joined("{", message.getFields().stream().map(this::field).toList(), "}");
    }

    private String field(FieldDescriptor field) {
        if (!random.chance(RARE)) {
            return entry(field);
        }
        return random.oneOf(() -> "", () -> entry(field) + "," + entry(field), () -> anyEntry(3));
    }

    private String entry(FieldDescriptor field) {
        String name = random.chance(0.5) ? field.getJsonName() : field.getName();
        return Json.quoted(name) + ":" + (random.chance(RARE) ? anything(3) : validValue(field));
    }

    private String validValue(FieldDescriptor field) {
        return field.isRepeated() ? joined("[", random.list(3, () -> oneValidValue(field)), "]") : oneValidValue(field);
    }

    private String oneValidValue(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> message(field.getMessageType());
            case ENUM -> Json.quoted(random.of(field.getEnumType().getValues()).getName());
            case INT -> String.valueOf(random.number(0, Integer.MAX_VALUE));
            case STRING -> field.getName().equals("id") ? Json.quoted(Case.SHA) : text();
            default -> throw new AssertionError("no reading rule for the type of " + field);
        };
    }

    /** JSON of any kind, nested to the given depth at most. */
    private String anything(int depth) {
        if (depth == 0 || random.chance(0.5)) {
            return random.oneOf(
                    this::text, this::number, this::nested, () -> random.of(List.of("true", "false", "null")));
        }
        return random.chance(0.5)
                ? joined("[", random.list(3, () -> anything(depth - 1)), "]")
                : joined("{", random.list(3, () -> anyEntry(depth - 1)), "}");
    }

    private String anyEntry(int depth) {
        String name = random.chance(0.5) ? random.units(10) : random.of(List.of("id", "execution", "stages"));
        return Json.quoted(name) + ":" + anything(depth);
    }

    private String text() {
        String text = random.units(10);
        return random.chance(0.5) ? Json.quoted(text) : escaped(text);
    }

    private String number() {
        return random.oneOf(
                () -> String.valueOf(random.number(Integer.MIN_VALUE, Integer.MAX_VALUE)),
                () -> random.number(-1_000, 1_000) + "." + random.number(0, 1_000_000) + "e" + random.number(-20, 20),
                () -> random.of(
                        List.of("7.0", "7e0", "2147483648", "1e999999999", "1E-99999999999", "9".repeat(2_000))));
    }

    private String nested() {
        int depth = random.number(1, 40);
        return "[".repeat(depth) + "]".repeat(depth);
    }

    /** Text in escapes, the only form in which half a surrogate pair can be sent. */
    private static String escaped(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining("", "\"", "\""));
    }

    private static String joined(String start, List<String> parts, String end) {
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(",", start, end));
    }
}
