package io.spinnaker.stats.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Reads what a Spinnaker posts. Follows proto3's JSON mapping and is as lenient as it can be without keeping an id that
 * was not hashed, or a field that nobody knows: unknown fields are skipped, null is the same as absent, snake_case
 * names are fine, the last of duplicate keys wins.
 */
@Singleton
public final class EventReader {

    /** The longest body that a caller should hand over, in bytes. Real events have 0.3 to 15 KB. */
    public static final int MAX_BYTES = 1 << 20;

    static final int MAX_DEPTH = 32;
    static final int MAX_VIOLATIONS = 20;

    /** Only nesting is limited here: long names and numbers in unknown fields are skipped like any others. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_BYTES)
            .maxNameLength(MAX_BYTES)
            .build();

    /**
     * Reads one event.
     *
     * @throws MalformedEventException when the body is not one JSON object
     * @throws InvalidEventException when a field breaks a rule; names each
     */
    public Event read(byte[] body) throws MalformedEventException, InvalidEventException {
        // a factory that is shared would keep the names of unknown fields, which may be anybody's, for ever
        JsonFactory json = JsonFactory.builder()
                .streamReadConstraints(CONSTRAINTS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        try (JsonParser parser = json.createParser(body)) {
            return new EventParser(parser).document();
        } catch (IOException e) { // from memory: always about the text
            throw new MalformedEventException();
        }
    }
}
