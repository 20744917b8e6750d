package io.spinnaker.stats.event;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.netflix.spinnaker.kork.proto.stats.Event;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * JSON documents. Most have the shape of kork's message, which a random one never would, and here and there a field
 * that is left out, there twice, unknown, in the other spelling, or any JSON at all.
 */
final class EventDocuments implements ArbitrarySupplier<String> {

    private static final Arbitrary<String> TEXT = Arbitraries.strings()
            .all()
            .ofMaxLength(10)
            .flatMap(text -> Arbitraries.of(Json.quoted(text), escaped(text)));
    private static final Arbitrary<String> NUMBER = Arbitraries.oneOf(
            Arbitraries.integers().map(String::valueOf),
            Arbitraries.bigDecimals().map(String::valueOf),
            Arbitraries.of("7.0", "7e0", "2147483648", "1e999999999", "1E-99999999999", "9".repeat(2_000)));
    private static final Arbitrary<String> NESTED =
            Arbitraries.integers().between(1, 40).map(depth -> "[".repeat(depth) + "]".repeat(depth));

    @Override
    public Arbitrary<String> get() {
        return Arbitraries.frequencyOf(Tuple.of(9, message(Event.getDescriptor())), Tuple.of(1, anything(3)));
    }

    private static Arbitrary<String> message(Descriptor message) {
        List<Arbitrary<String>> fields =
                message.getFields().stream().map(EventDocuments::field).toList();
        return Combinators.combine(fields).as(parts -> joined("{", parts, "}"));
    }

    private static Arbitrary<String> field(FieldDescriptor field) {
        Arbitrary<String> name = Arbitraries.of(field.getJsonName(), field.getName());
        Arbitrary<String> value = mostly(fit(field), anything(3));
        Arbitrary<String> once = entry(name, value);
        Arbitrary<String> twice = Combinators.combine(once, once).as((first, last) -> first + "," + last);
        return mostly(once, Arbitraries.oneOf(Arbitraries.of(""), twice, anyEntry(3)));
    }

    /** A value of the field's type. */
    private static Arbitrary<String> fit(FieldDescriptor field) {
        Arbitrary<String> one = switch (field.getJavaType()) {
            case MESSAGE -> message(field.getMessageType());
            case ENUM ->
                Arbitraries.of(field.getEnumType().getValues())
                        .map(EnumValueDescriptor::getName)
                        .map(Json::quoted);
            case INT -> Arbitraries.integers().greaterOrEqual(0).map(String::valueOf);
            case STRING -> field.getName().equals("id") ? Arbitraries.of(Json.quoted(Case.SHA)) : TEXT;
            default -> throw new AssertionError("no reading rule for the type of " + field);
        };
        return field.isRepeated() ? one.list().ofMaxSize(3).map(all -> joined("[", all, "]")) : one;
    }

    /** JSON of any kind, so much deeper. */
    private static Arbitrary<String> anything(int depth) {
        Arbitrary<String> scalar = Arbitraries.oneOf(TEXT, NUMBER, NESTED, Arbitraries.of("true", "false", "null"));
        return depth == 0
                ? scalar
                : Arbitraries.oneOf(
                        scalar,
                        anything(depth - 1).list().ofMaxSize(3).map(all -> joined("[", all, "]")),
                        anyEntry(depth - 1).list().ofMaxSize(3).map(all -> joined("{", all, "}")));
    }

    private static Arbitrary<String> anyEntry(int depth) {
        Arbitrary<String> name = Arbitraries.oneOf(Arbitraries.strings(), Arbitraries.of("id", "execution", "stages"));
        return entry(name, anything(depth));
    }

    private static Arbitrary<String> entry(Arbitrary<String> name, Arbitrary<String> value) {
        return Combinators.combine(name.map(Json::quoted), value).as((key, json) -> key + ":" + json);
    }

    private static Arbitrary<String> mostly(Arbitrary<String> usual, Arbitrary<String> rare) {
        return Arbitraries.frequencyOf(Tuple.of(20, usual), Tuple.of(1, rare.withoutEdgeCases()));
    }

    /** Text as JSON may have it, too; half a surrogate pair can be sent in no other way. */
    private static String escaped(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining("", "\"", "\""));
    }

    private static String joined(String start, List<String> parts, String end) {
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(",", start, end));
    }
}
