package io.spinnaker.stats.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a document token by token, with one method per kind of value. No data binding fits these rules, and
 * this needs a third of the CPU of one. Null means absent. A value that breaks its rule is recorded as a violation, skipped,
 * and treated as absent.
 */
final class ValueReader {

    /** Limit of text in Unicode characters; longer text is cut. */
    private static final int MAX_TEXT = 255;

    /** proto3 JSON also accepts the names of log.proto. */
    private static final Map<String, String> PROTO_NAMES = Map.of(
            "spinnaker_instance", "spinnakerInstance",
            "deployment_method", "deploymentMethod",
            "deployed_artifacts", "deployedArtifacts",
            "pipeline_count", "pipelineCount",
            "cloud_provider", "cloudProvider");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int MAX_NUMBER_LENGTH = 1_000;

    private final JsonParser in;
    private final List<Violation> violations = new ArrayList<>(0);

    ValueReader(JsonParser in) {
        this.in = in;
    }

    /** Steps into the object that must make up the whole document. */
    boolean startsDocument() throws IOException {
        return in.nextToken() == JsonToken.START_OBJECT;
    }

    /** Whether the document ends here. */
    boolean endsDocument() throws IOException {
        return in.nextToken() == null;
    }

    /** Steps to the value of the object's next field and returns the field's name, or null at the object's end. */
    @Nullable
    String nextField() throws IOException {
        String name = in.nextFieldName();
        if (name == null) {
            return null;
        }
        in.nextToken();
        return jsonName(name);
    }

    /** Steps to the list's next element; false at the list's end. */
    boolean nextElement() throws IOException {
        return in.nextToken() != JsonToken.END_ARRAY;
    }

    /** Skips a value. */
    void skip() throws IOException {
        in.skipChildren();
    }

    /** The first token of a known field's value. Drops the violations of an earlier duplicate of the field. */
    private JsonToken value() {
        if (!violations.isEmpty()) {
            String path = path();
            violations.removeIf(violation -> isWithin(violation.field(), path));
        }
        return in.currentToken();
    }

    /** Steps into the expected object; false if there is none. */
    boolean object() throws IOException, InvalidEventException {
        return starts(JsonToken.START_OBJECT, "must be an object");
    }

    /** Steps into the expected list; false if there is none. */
    boolean list() throws IOException, InvalidEventException {
        return starts(JsonToken.START_ARRAY, "must be a list");
    }

    /** Whether a value of the right type starts here. Null is absent, which is allowed. */
    private boolean starts(JsonToken token, String rule) throws IOException, InvalidEventException {
        JsonToken value = value();
        if (value != token && value != JsonToken.VALUE_NULL) {
            reject(rule);
        }
        return value == token;
    }

    /** Free text. */
    @Nullable
    String text() throws IOException, InvalidEventException {
        return starts(JsonToken.VALUE_STRING, "must be text") ? sanitize(in.getText()) : null;
    }

    /** A hashed id. */
    @Nullable
    String sha256() throws IOException, InvalidEventException {
        return sha256(false);
    }

    /** A hashed id, or empty text. */
    @Nullable
    String sha256OrEmpty() throws IOException, InvalidEventException {
        return sha256(true);
    }

    private @Nullable String sha256(boolean orEmpty) throws IOException, InvalidEventException {
        JsonToken value = value();
        if (value == JsonToken.VALUE_STRING && (isSha256(in.getText()) || (orEmpty && in.getTextLength() == 0))) {
            return in.getText();
        }
        if (value != JsonToken.VALUE_NULL) {
            reject("must be a SHA-256: 64 lower-case hex digits" + (orEmpty ? ", or empty" : ""));
        }
        return null;
    }

    private static boolean isSha256(String id) {
        return id.length() == 64 && allMatch(id, c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** A loop, because a stream here and in {@link #sanitize} costs a request 3 % of its CPU. */
    private static boolean allMatch(String text, IntPredicate rule) {
        for (int i = 0; i < text.length(); i++) {
            if (!rule.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** A whole number: 7, 7.0, 7e0 or one of them as text. */
    @Nullable
    Integer count() throws IOException, InvalidEventException {
        JsonToken value = value();
        Integer number = value.isNumeric() || value == JsonToken.VALUE_STRING ? toInt(in.getText()) : null;
        if (number != null && number >= 0) {
            return number;
        }
        if (value != JsonToken.VALUE_NULL) {
            reject("must be a whole number from 0 to 2147483647");
        }
        return null;
    }

    /** The value of an enum by name, in any case and known or not, or by number. */
    @Nullable
    String name(ProtoEnum protoEnum) throws IOException, InvalidEventException {
        JsonToken value = value();
        if (value == JsonToken.VALUE_STRING) {
            return sanitize(in.getText().toUpperCase(Locale.ROOT));
        }
        Integer number = value.isNumeric() ? toInt(in.getText()) : null;
        if (number != null) {
            return protoEnum.nameOf(number);
        }
        if (value != JsonToken.VALUE_NULL) {
            reject("must be a name or a whole number");
        }
        return null;
    }

    /** The value of a JSON number; null if it does not fit an int. */
    private static @Nullable Integer toInt(String text) {
        if (text.length() > MAX_NUMBER_LENGTH || !NUMBER.matcher(text).matches()) {
            return null;
        }
        try {
            return new BigDecimal(text).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) { // fractional or too large; exponent too large
            return null;
        }
    }

    /** Text that every database accepts: at most {@value #MAX_TEXT} characters, without half surrogate pairs. */
    private static String sanitize(String text) {
        if (text.length() <= MAX_TEXT && allMatch(text, c -> !Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .limit(MAX_TEXT)
                .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Records that the current value breaks a rule, and skips it. */
    private void reject(String rule) throws IOException, InvalidEventException {
        violated(path(), rule);
        in.skipChildren();
    }

    /** Records that a required field is missing, unless it or its parent broke another rule. */
    void requirePresent(String field) throws InvalidEventException {
        if (violations.stream().noneMatch(violation -> isWithin(field, violation.field()))) {
            violated(field, "is missing");
        }
    }

    private void violated(String field, String rule) throws InvalidEventException {
        violations.add(new Violation(field, rule));
        if (violations.size() == EventReader.MAX_VIOLATIONS) {
            throw new InvalidEventException(violations);
        }
    }

    /** The violations so far. */
    List<Violation> violations() {
        return violations;
    }

    private static boolean isWithin(String field, String path) {
        return field.startsWith(path)
                && (field.length() == path.length() || ".[".indexOf(field.charAt(path.length())) >= 0);
    }

    /**
     * The path of the current value, such as execution.stages[3].type. It consists of names in log.proto; no name of the
     * client appears in it.
     */
    private String path() {
        JsonStreamContext context = in.getParsingContext();
        return path(in.currentToken().isStructStart() ? context.getParent() : context);
    }

    private static String path(JsonStreamContext at) {
        if (at.inRoot()) {
            return "";
        }
        String parent = path(at.getParent());
        if (at.inArray()) {
            return parent + "[" + at.getCurrentIndex() + "]";
        }
        String name = jsonName(at.getCurrentName());
        return parent.isEmpty() ? name : parent + "." + name;
    }

    private static String jsonName(String name) {
        return PROTO_NAMES.getOrDefault(name, name);
    }
}
