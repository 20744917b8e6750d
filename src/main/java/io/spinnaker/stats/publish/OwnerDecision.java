package io.spinnaker.stats.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The decision of an owner, as attributes of the message that triggers the function; the daily message has none.
 *
 * @param release months to publish although they were held
 * @param redraw a month to draw again
 */
record OwnerDecision(Set<YearMonth> release, Optional<YearMonth> redraw) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Thrown if an attribute is not a month. */
    static final class InvalidAttributeException extends RuntimeException {

        private static final long serialVersionUID = 1;

        private InvalidAttributeException(String name) {
            super("message attribute " + name + " is not a month; expected one such as 2026-10");
        }
    }

    /**
     * Reads the attributes.
     *
     * @param message a push message of Pub/Sub; other data has no attributes
     * @throws InvalidAttributeException if one is not a month
     */
    static OwnerDecision of(byte[] message) {
        JsonNode attributes = attributes(message);
        return new OwnerDecision(
                months(attributes, "release"),
                Optional.of(attributes.path("redraw").asText())
                        .filter(value -> !value.isEmpty())
                        .map(value -> month("redraw", value)));
    }

    private static JsonNode attributes(byte[] message) {
        try {
            return JSON.readTree(message).at("/message/attributes");
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** Several months are separated by commas. */
    private static Set<YearMonth> months(JsonNode attributes, String name) {
        String value = attributes.path(name).asText();
        return value.isEmpty()
                ? Set.of()
                : Arrays.stream(value.split(",", -1))
                        .map(each -> month(name, each))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static YearMonth month(String name, String value) {
        try {
            return YearMonth.parse(value);
        } catch (DateTimeException e) {
            throw new InvalidAttributeException(name);
        }
    }

    /** Whether the message is the daily one. */
    boolean isEmpty() {
        return release.isEmpty() && redraw.isEmpty();
    }
}
