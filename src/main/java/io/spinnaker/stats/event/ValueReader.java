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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a document by the rules of each kind, token by token: no binding fits these rules, and it costs a
 * third of the CPU of one. A null is the same as nothing. A value that breaks its rule is noted, stepped over, and read
 * as nothing.
 */
final class ValueReader {

    /** Longer text is cut, in Unicode characters. */
    private static final int MAX_TEXT = 255;

    /** proto3 JSON takes the names of log.proto itself, too. */
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

    /** Whether nothing follows. */
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

    /** Steps over a value that nobody wants. */
    void skip() throws IOException {
        in.skipChildren();
    }

    /** The token that a known field's value starts with. Forgets what an earlier duplicate of the field broke. */
    private JsonToken value() {
        if (!violations.isEmpty()) {
            String path = path();
            violations.removeIf(violation -> isWithin(violation.field(), path));
        }
        return in.currentToken();
    }

    /** Steps into the object that is expected here; false when there is none. */
    boolean object() throws IOException, InvalidEventException {
        return starts(JsonToken.START_OBJECT, "must be an object");
    }

    /** Steps into the list that is expected here; false when there is none. */
    boolean list() throws IOException, InvalidEventException {
        return starts(JsonToken.START_ARRAY, "must be a list");
    }

    /** Whether a value of the right type starts here; null is none, and breaks no rule. */
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

    /** A hashed id, of which there may be none. */
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
        return id.length() == 64 && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** 7, 7.0, 7e0 or any of them as text. */
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

    /** An enum's value by name, in any case and known or not, or by number. */
    @Nullable
    String name(ProtoEnum vocabulary) throws IOException, InvalidEventException {
        JsonToken value = value();
        if (value == JsonToken.VALUE_STRING) {
            return sanitize(in.getText().toUpperCase(Locale.ROOT));
        }
        Integer number = value.isNumeric() ? toInt(in.getText()) : null;
        if (number != null) {
            return vocabulary.nameOf(number);
        }
        if (value != JsonToken.VALUE_NULL) {
            reject("must be a name or a whole number");
        }
        return null;
    }

    /** The number that a JSON number's text stands for, or null when that is no int. */
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

    /** What every database takes: no more than {@value #MAX_TEXT} characters, no half of a surrogate pair. */
    private static String sanitize(String text) {
        if (text.length() <= MAX_TEXT && text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .limit(MAX_TEXT)
                .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Notes that the value here breaks a rule, and steps over it. */
    private void reject(String rule) throws IOException, InvalidEventException {
        violated(path(), rule);
        in.skipChildren();
    }

    /** Notes that a field is missing, unless it or what it is in broke another rule. */
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

    /** The rules broken so far. */
    List<Violation> violations() {
        return violations;
    }

    private static boolean isWithin(String field, String path) {
        return field.startsWith(path)
                && (field.length() == path.length() || ".[".indexOf(field.charAt(path.length())) >= 0);
    }

    /**
     * Where the value stands, such as execution.stages[3].type: names that log.proto knows, none of the client's own.
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
