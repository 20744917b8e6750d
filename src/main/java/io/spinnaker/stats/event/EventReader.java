package io.spinnaker.stats.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads an event from the body of a request. It follows proto3's JSON mapping and is as lenient as possible without keeping
 * an unhashed id or an unknown field: unknown fields are skipped, null means absent, names in snake_case are accepted, and
 * the last duplicate key wins.
 */
@Singleton
public final class EventReader {

    /** Limit of a body in bytes, which callers enforce. Real events have 0.3 to 15 KB. */
    public static final int MAX_BYTES = 1 << 20;

    /** Limit of the stages of an event; further ones are dropped. Real executions have up to 1,000. */
    static final int MAX_STAGES = 2_000;

    static final int MAX_DEPTH = 32;
    static final int MAX_VIOLATIONS = 20;

    /** Limits the nesting only: long names and numbers in unknown fields are skipped. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_BYTES)
            .maxNameLength(MAX_BYTES)
            .build();

    /**
     * Keeps no field names, because clients can invent them: they would stay forever, and could be chosen to collide. Events
     * of the usual size are read faster without.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /**
     * Reads one event.
     *
     * @throws MalformedEventException if the body is not one JSON object
     * @throws InvalidEventException if fields break rules; it names each field and rule
     */
    public Event read(byte[] body) throws MalformedEventException, InvalidEventException {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder(); // Jackson's own would replace what is not UTF-8
        try (JsonParser parser = JSON.createParser(new InputStreamReader(new ByteArrayInputStream(body), strict))) {
            return new EventParser(parser).document();
        } catch (IOException e) { // reading from memory fails only for invalid text
            throw new MalformedEventException();
        }
    }
}
