package io.spinnaker.stats.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Reads an event from the body of a request. It follows proto3's JSON mapping and is as lenient as possible without keeping
 * an unhashed id or an unknown field: unknown fields are skipped, null means absent, names in snake_case are accepted, and
 * the last duplicate key wins.
 */
@Singleton
public final class EventReader {

    /** Limit of a body in bytes, which callers enforce. Real events have 0.3 to 15 KB. */
    public static final int MAX_BYTES = 1 << 20;

    static final int MAX_DEPTH = 32;
    static final int MAX_VIOLATIONS = 20;

    /** Limits the nesting only: long names and numbers in unknown fields are skipped. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_BYTES)
            .maxNameLength(MAX_BYTES)
            .build();

    /**
     * Reads one event.
     *
     * @throws MalformedEventException if the body is not one JSON object
     * @throws InvalidEventException if fields break rules; it names each field and rule
     */
    public Event read(byte[] body) throws MalformedEventException, InvalidEventException {
        // a shared factory would keep the names of unknown fields, which clients can invent, forever
        JsonFactory json = JsonFactory.builder()
                .streamReadConstraints(CONSTRAINTS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        try (JsonParser parser = json.createParser(body)) {
            return new EventParser(parser).document();
        } catch (IOException e) { // reading from memory fails only for invalid text
            throw new MalformedEventException();
        }
    }
}
