package io.spinnaker.stats.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.spinnaker.stats.event.Event.Application;
import io.spinnaker.stats.event.Event.CloudProvider;
import io.spinnaker.stats.event.Event.DeploymentMethod;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.Event.Trigger;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One document being read, token by token: no binding fits these rules, and it costs a third of the CPU of one. Each
 * method named after a message or a kind of value reads the value that the parser stands on and leaves the parser on
 * its last token; a broken rule is noted, and null returned.
 */
final class EventParser {

    /** Longer text is cut, in Unicode characters. */
    private static final int MAX_TEXT = 255;

    /** proto3 JSON takes the names of log.proto itself, too. */
    private static final Map<String, String> PROTO_NAMES = Map.of(
            "spinnaker_instance", "spinnakerInstance",
            "deployment_method", "deploymentMethod",
            "deployed_artifacts", "deployedArtifacts",
            "pipeline_count", "pipelineCount",
            "cloud_provider", "cloudProvider");

    private static final String INSTANCE_ID = "spinnakerInstance.id";
    private static final String APPLICATION_ID = "application.id";

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int MAX_NUMBER_LENGTH = 32;

    private final JsonParser in;
    private final List<Violation> violations = new ArrayList<>(0);

    EventParser(JsonParser in) {
        this.in = in;
    }

    /** Reads the whole document. An {@link IOException} means that it is not JSON. */
    Event document() throws IOException, MalformedEventException, InvalidEventException {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedEventException();
        }
        SpinnakerInstance instance = null;
        Application application = null;
        Execution execution = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "spinnakerInstance" -> instance = spinnakerInstance();
                case "application" -> application = application();
                case "execution" -> execution = execution();
                default -> in.skipChildren();
            }
        }
        if (in.nextToken() != null) {
            throw new MalformedEventException();
        }
        if (instance == null) {
            missing(INSTANCE_ID);
        }
        if (application == null) {
            missing(APPLICATION_ID);
        }
        if (instance == null || application == null || !violations.isEmpty()) {
            throw new InvalidEventException(violations);
        }
        return new Event(instance, application, execution);
    }

    private @Nullable SpinnakerInstance spinnakerInstance() throws IOException, InvalidEventException {
        if (!object()) {
            return null;
        }
        String id = null;
        String version = null;
        DeploymentMethod deploymentMethod = null;
        String environment = null;
        String deployedArtifacts = null;
        Integer pipelineCount = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "id" -> id = sha256();
                case "version" -> version = text();
                case "deploymentMethod" -> deploymentMethod = deploymentMethod();
                case "environment" -> environment = name(Vocabulary.ENVIRONMENT);
                case "deployedArtifacts" -> deployedArtifacts = name(Vocabulary.DEPLOYED_ARTIFACTS);
                case "pipelineCount" -> pipelineCount = count();
                default -> in.skipChildren();
            }
        }
        return id == null
                ? null
                : new SpinnakerInstance(id, version, deploymentMethod, environment, deployedArtifacts, pipelineCount);
    }

    private @Nullable DeploymentMethod deploymentMethod() throws IOException, InvalidEventException {
        if (!object()) {
            return null;
        }
        String type = null;
        String version = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "type" -> type = name(Vocabulary.DEPLOYMENT_METHOD);
                case "version" -> version = text();
                default -> in.skipChildren();
            }
        }
        return new DeploymentMethod(type, version);
    }

    private @Nullable Application application() throws IOException, InvalidEventException {
        if (!object()) {
            return null;
        }
        String id = null;
        Integer pipelineCount = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "id" -> id = sha256();
                case "pipelineCount" -> pipelineCount = count();
                default -> in.skipChildren();
            }
        }
        return id == null ? null : new Application(id, pipelineCount);
    }

    private @Nullable Execution execution() throws IOException, InvalidEventException {
        if (!object()) {
            return null;
        }
        String id = null;
        String type = null;
        Trigger trigger = null;
        List<Stage> stages = List.of();
        String status = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "id" -> id = sha256OrEmpty();
                case "type" -> type = name(Vocabulary.EXECUTION_TYPE);
                case "trigger" -> trigger = trigger();
                case "stages" -> stages = stages();
                case "status" -> status = name(Vocabulary.STATUS);
                default -> in.skipChildren();
            }
        }
        return new Execution(id, type, trigger, stages, status);
    }

    private @Nullable Trigger trigger() throws IOException, InvalidEventException {
        if (!object()) {
            return null;
        }
        String type = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "type" -> type = name(Vocabulary.TRIGGER_TYPE);
                default -> in.skipChildren();
            }
        }
        return new Trigger(type);
    }

    /** A null among them is no stage: older clients sent such. */
    private List<Stage> stages() throws IOException, InvalidEventException {
        if (!starts(JsonToken.START_ARRAY, "must be a list")) {
            return List.of();
        }
        List<Stage> stages = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            Stage stage = stage();
            if (stage != null) {
                stages.add(stage);
            }
        }
        return stages;
    }

    private @Nullable Stage stage() throws IOException, InvalidEventException {
        if (!object()) {
            return null;
        }
        String type = null;
        String status = null;
        CloudProvider cloudProvider = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "type" -> type = text();
                case "status" -> status = name(Vocabulary.STATUS);
                case "cloudProvider" -> cloudProvider = cloudProvider();
                default -> in.skipChildren();
            }
        }
        return new Stage(type, status, cloudProvider);
    }

    private @Nullable CloudProvider cloudProvider() throws IOException, InvalidEventException {
        if (!object()) {
            return null;
        }
        String id = null;
        String variant = null;
        for (String field = nextField(); field != null; field = nextField()) {
            switch (field) {
                case "id" -> id = name(Vocabulary.CLOUD_PROVIDER);
                case "variant" -> variant = text();
                default -> in.skipChildren();
            }
        }
        return new CloudProvider(id, variant);
    }

    /** Steps to the value of the object's next field and returns the field's name, or null at the object's end. */
    private @Nullable String nextField() throws IOException {
        String name = in.nextFieldName();
        if (name == null) {
            return null;
        }
        in.nextToken();
        return jsonName(name);
    }

    /** The token that a known field's value starts with. Forgets what an earlier duplicate of the field broke. */
    private JsonToken value() {
        if (!violations.isEmpty()) {
            String path = path();
            violations.removeIf(violation -> isWithin(violation.field(), path));
        }
        return in.currentToken();
    }

    private boolean object() throws IOException, InvalidEventException {
        return starts(JsonToken.START_OBJECT, "must be an object");
    }

    /** Whether a value of the right type starts here; null is none, and breaks no rule. */
    private boolean starts(JsonToken token, String rule) throws IOException, InvalidEventException {
        JsonToken value = value();
        if (value != token && value != JsonToken.VALUE_NULL) {
            broken(rule);
        }
        return value == token;
    }

    private @Nullable String text() throws IOException, InvalidEventException {
        return starts(JsonToken.VALUE_STRING, "must be text") ? storable(in.getText()) : null;
    }

    private @Nullable String sha256() throws IOException, InvalidEventException {
        return sha256(false);
    }

    private @Nullable String sha256OrEmpty() throws IOException, InvalidEventException {
        return sha256(true);
    }

    private @Nullable String sha256(boolean orEmpty) throws IOException, InvalidEventException {
        JsonToken value = value();
        if (value == JsonToken.VALUE_STRING && (isSha256(in.getText()) || (orEmpty && in.getTextLength() == 0))) {
            return in.getText();
        }
        if (value != JsonToken.VALUE_NULL) {
            broken("must be a SHA-256: 64 lower-case hex digits" + (orEmpty ? ", or empty" : ""));
        }
        return null;
    }

    private static boolean isSha256(String id) {
        return id.length() == 64 && id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** 7, 7.0, 7e0 or any of them as text. */
    private @Nullable Integer count() throws IOException, InvalidEventException {
        JsonToken value = value();
        Integer number = value.isNumeric() || value == JsonToken.VALUE_STRING ? whole(in.getText()) : null;
        if (number != null && number >= 0) {
            return number;
        }
        if (value != JsonToken.VALUE_NULL) {
            broken("must be a whole number from 0 to 2147483647");
        }
        return null;
    }

    /** An enum's value by name, in any case and known or not, or by number. */
    private @Nullable String name(Vocabulary vocabulary) throws IOException, InvalidEventException {
        JsonToken value = value();
        if (value == JsonToken.VALUE_STRING) {
            return storable(in.getText().toUpperCase(Locale.ROOT));
        }
        Integer number = value.isNumeric() ? whole(in.getText()) : null;
        if (number != null) {
            return vocabulary.nameOf(number);
        }
        if (value != JsonToken.VALUE_NULL) {
            broken("must be a name or a whole number");
        }
        return null;
    }

    /** The number that a JSON number's text stands for, or null when that is no int. */
    private static @Nullable Integer whole(String text) {
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
    private static String storable(String text) {
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
    private void broken(String rule) throws IOException, InvalidEventException {
        violated(path(), rule);
        in.skipChildren();
    }

    private void missing(String field) throws InvalidEventException {
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

    private static boolean isWithin(String field, String path) {
        return field.startsWith(path)
                && (field.length() == path.length() || ".[".indexOf(field.charAt(path.length())) >= 0);
    }

    /** Where the value stands, such as execution.stages[3].type: names that log.proto knows, none of the client's own. */
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
