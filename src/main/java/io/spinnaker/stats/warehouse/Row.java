package io.spinnaker.stats.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spinnaker.stats.event.Event;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What is kept of one event, column by column as in {@code events.schema.json}.
 *
 * @param id {@code event_id}, a UUIDv7; also the insertId, so that a repeated insert is known as one
 * @param columns all of them, {@code event_id} included; a column or field without a value is left out
 */
public record Row(String id, Map<String, Object> columns) {

    private static final ObjectWriter JSON = new JsonMapper().writer();

    /** The row that an event becomes when it is received at a time, of which microseconds are kept. */
    public static Row of(Event event, Instant receivedAt) {
        String id = uuidV7(receivedAt).toString();
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("event_id", id);
        columns.put("received_at", receivedAt.truncatedTo(ChronoUnit.MICROS).toString());
        Map<String, Object> said = EventColumns.of(event);
        columns.put("content_hash", sha256(json(said)));
        columns.putAll(said);
        return new Row(id, columns);
    }

    /** The columns as one JSON object in UTF-8, the same bytes for the same columns. */
    public byte[] json() {
        return json(columns);
    }

    private static byte[] json(Map<String, Object> columns) {
        try {
            return JSON.writeValueAsBytes(columns);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("only maps, lists, text and numbers are written", e);
        }
    }

    /** RFC 9562: milliseconds first, so that ids sort by time; the rest is random. */
    private static UUID uuidV7(Instant time) {
        UUID random = UUID.randomUUID();
        return new UUID(
                (time.toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0x0fff),
                random.getLeastSignificantBits());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
