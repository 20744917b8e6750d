package io.spinnaker.stats.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a document token by token, with one method per kind of value. No data binding fits these rules, and
 * this needs a third of the CPU of one. Null means absent. A value that breaks its rule is recorded as a violation, skipped,
 * and treated as absent.
 */
final class ValueReader {

    /** proto3 JSON also accepts the names of log.proto. */
    private static final Map<String, String> PROTO_NAMES = Map.of(
            "spinnaker_instance", "spinnakerInstance",
            "deployment_method", "deploymentMethod",
            "deployed_artifacts", "deployedArtifacts",
            "pipeline_count", "pipelineCount",
            "cloud_provider", "cloudProvider");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /** Longer numbers are rejected: they would take long to check, and no client sends them. */
    private static final int MAX_NUMBER_LENGTH = 40;

    /** A violation, and the names of the fields on its path by their depth. */
    private record Found(Violation violation, List<String> names) {}

    private final JsonParser in;
    private final List<Found> found = new ArrayList<>(0);

    /** The number of violations at the start of the current object of each depth. */
    private final int[] foundBefore = new int[EventReader.MAX_DEPTH + 1];

    /** Number of violations so far, including overridden ones: clients can send any number of duplicates. */
    private int broken;

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

    /** Whether the current value is null. */
    boolean isNull() {
        return in.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Skips a value. */
    void skip() throws IOException {
        in.skipChildren();
    }

    /** The first token of a known field's value. */
    private JsonToken value() {
        if (!found.isEmpty()) {
            dropOverridden();
        }
        return in.currentToken();
    }

    /** Drops the violations of an earlier duplicate of the current field. Costs no more than a look at each violation. */
    private void dropOverridden() {
        JsonStreamContext context = contextOfValue();
        if (context.inObject()) {
            int depth = context.getNestingDepth();
            String name = jsonName(context.getCurrentName());
            for (int i = found.size() - 1; i >= foundBefore[depth]; i--) {
                if (found.get(i).names().get(depth).equals(name)) {
                    found.remove(i);
                }
            }
        }
    }

    /** Steps into the expected object; false if there is none. */
    boolean object() throws IOException, InvalidEventException {
        boolean isObject = starts(JsonToken.START_OBJECT, "must be an object");
        if (isObject) {
            foundBefore[in.getParsingContext().getNestingDepth()] = found.size();
        }
        return isObject;
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
        return starts(JsonToken.VALUE_STRING, "must be text") ? SafeText.of(in.getText()) : null;
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
        if (id.length() != 64) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
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
            return SafeText.upperCase(in.getText());
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

    /** Records that the current value breaks a rule, and skips it. */
    private void reject(String rule) throws IOException, InvalidEventException {
        JsonStreamContext context = contextOfValue();
        List<String> names = new ArrayList<>();
        violated(path(context, names), names, rule);
        in.skipChildren();
    }

    /** Records that a required field is missing, unless it or its parent broke another rule. */
    void requirePresent(String field) throws InvalidEventException {
        if (violations().stream().noneMatch(violation -> isWithin(field, violation.field()))) {
            violated(field, List.of(), "is missing");
        }
    }

    private void violated(String field, List<String> names, String rule) throws InvalidEventException {
        found.add(new Found(new Violation(field, rule), names));
        broken++;
        if (broken == EventReader.MAX_VIOLATIONS) {
            throw new InvalidEventException(violations());
        }
    }

    /** The violations so far. */
    List<Violation> violations() {
        return found.stream().map(Found::violation).toList();
    }

    private static boolean isWithin(String field, String path) {
        return field.startsWith(path)
                && (field.length() == path.length() || ".[".indexOf(field.charAt(path.length())) >= 0);
    }

    /** The object or list that the current value is in. */
    private JsonStreamContext contextOfValue() {
        JsonStreamContext context = in.getParsingContext();
        return in.currentToken().isStructStart() ? context.getParent() : context;
    }

    /**
     * The path of the current value, such as execution.stages[3].type, and the names on it by depth: those of lists are empty.
     * Both consist of names in log.proto; no name of the client appears in them.
     */
    private static String path(JsonStreamContext at, List<String> names) {
        if (at.inRoot()) {
            names.add("");
            return "";
        }
        String parent = path(at.getParent(), names);
        if (at.inArray()) {
            names.add("");
            return parent + "[" + at.getCurrentIndex() + "]";
        }
        String name = jsonName(at.getCurrentName());
        names.add(name);
        return parent.isEmpty() ? name : parent + "." + name;
    }

    private static String jsonName(String name) {
        return PROTO_NAMES.getOrDefault(name, name);
    }
}
