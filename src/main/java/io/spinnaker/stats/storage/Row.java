package io.spinnaker.stats.storage;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spinnaker.stats.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The stored part of one event: a JSON object with the columns of {@code events.schema.json}. It is serialised once, and
 * the same bytes go to every destination. Columns and fields without a value are absent.
 */
public final class Row {

    private static final Pattern UUID_V7 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    private final String id;
    private final byte[] json;

    private Row(String id, byte[] json) {
        this.id = id;
        this.json = json;
    }

    /** The row of an event; the time is kept in microseconds. */
    public static Row of(Event event, Instant receivedAt) {
        return of(event, receivedAt, UUID.randomUUID());
    }

    /** The row of an event, with the given random bits in its id, so that the result is reproducible. */
    public static Row of(Event event, Instant receivedAt, UUID random) {
        String id = uuidV7(receivedAt, random).toString();
        byte[] eventJson = RowJsonWriter.json(event);
        Instant received = receivedAt.truncatedTo(ChronoUnit.MICROS);
        byte[] head = ("{\"event_id\":\"" + id + "\",\"received_at\":\"" + received + "\",\"content_hash\":\""
                        + Sha256.hex(eventJson) + "\",")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] json = new byte[head.length + eventJson.length - 1];
        System.arraycopy(head, 0, json, 0, head.length);
        System.arraycopy(
                eventJson,
                1,
                json,
                head.length,
                eventJson.length - 1); // without the leading {: an event always has columns
        return new Row(id, json);
    }

    /** Reads a row that this service wrote; empty if the bytes are something else. */
    public static Optional<Row> read(byte[] json) {
        try {
            JsonNode row = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(json);
            String id = row.path("event_id").asText();
            return UUID_V7.matcher(id).matches() ? Optional.of(new Row(id, json)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The {@code event_id}, a UUIDv7. It is also the insertId, by which BigQuery recognises a retry. */
    public String id() {
        return id;
    }

    /** The columns as one JSON object in UTF-8. Shared; do not modify. */
    public byte[] json() {
        return json;
    }

    /** A UUIDv7 (RFC 9562): milliseconds first, so that ids sort by time; the rest is random. */
    private static UUID uuidV7(Instant time, UUID random) {
        return new UUID(
                (time.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0x0fff),
                Long.MIN_VALUE | (random.getLeastSignificantBits() & (-1L >>> 2)));
    }
}
