package io.spinnaker.stats.charts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.storage.Row;
import io.spinnaker.stats.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Builds rows of {@code events} from the payloads of real clients, for chosen instances and times. */
public final class EventRows {

    private static final List<JsonNode> PAYLOADS =
            Payload.all().stream().map(Payload::row).toList();

    private final ObjectNode row;

    private EventRows(ObjectNode row) {
        this.row = row;
    }

    /** Builds on a row. */
    static EventRows of(JsonNode row) {
        return new EventRows(row.deepCopy());
    }

    /** A payload by number; numbers beyond the last one wrap around. */
    public static EventRows payload(int number) {
        return new EventRows(
                PAYLOADS.get(Math.floorMod(number, PAYLOADS.size())).deepCopy());
    }

    /** The number of payloads. */
    public static int payloads() {
        return PAYLOADS.size();
    }

    /** An event of each instance up to a number, on a day before most tests begin: the first of the two that each needs to count. */
    static List<JsonNode> firstDays(int instances) {
        return IntStream.range(0, instances)
                .mapToObj(instance -> payload(0).by(instance).at("2026-09-20T12:00:00Z"))
                .toList();
    }

    /** The id of an instance, by number. */
    public static String instance(int number) {
        return sha256("instance " + number);
    }

    public EventRows by(int instance) {
        ((ObjectNode) row.path("spinnaker_instance")).put("id", instance(instance));
        return this;
    }

    /** By the instance of synthetic events. */
    EventRows bySyntheticInstance() {
        ((ObjectNode) row.path("spinnaker_instance")).put("id", sha256(SqlTemplates.SYNTHETIC_INSTANCE));
        return this;
    }

    public EventRows version(String version) {
        ((ObjectNode) row.path("spinnaker_instance")).put("version", version);
        return this;
    }

    public EventRows withoutVersion() {
        ((ObjectNode) row.path("spinnaker_instance")).remove("version");
        return this;
    }

    public EventRows deployedBy(String type, String version) {
        ((ObjectNode) row.path("spinnaker_instance"))
                .putObject("deployment_method")
                .put("type", type)
                .put("version", version);
        return this;
    }

    public EventRows environment(String environment, String artifacts) {
        ((ObjectNode) row.path("spinnaker_instance"))
                .put("environment", environment)
                .put("deployed_artifacts", artifacts);
        return this;
    }

    public EventRows application(String name) {
        ((ObjectNode) row.path("application")).put("id", sha256(name));
        return this;
    }

    /** Replaces the execution by one without stages. */
    public EventRows execution(String type, String status, String trigger) {
        row.putObject("execution")
                .put("type", type)
                .put("status", status)
                .putObject("trigger")
                .put("type", trigger);
        return this;
    }

    public EventRows stage(String type, String provider, String status) {
        ((ObjectNode) row.path("execution"))
                .withArray("stages")
                .addObject()
                .put("type", type)
                .put("status", status)
                .putObject("cloud_provider")
                .put("id", provider);
        return this;
    }

    /** Adds a stage that does not use a cloud. */
    public EventRows stage(String type, String status) {
        ((ObjectNode) row.path("execution"))
                .withArray("stages")
                .addObject()
                .put("type", type)
                .put("status", status);
        return this;
    }

    /** The row of a body in the folder {@code charts} of the test resources, as the service stores it. */
    static JsonNode sent(String file, Instant time) {
        try {
            Event event = new EventReader().read(Files.readAllBytes(Path.of("src/test/resources/charts", file)));
            return Json.parse(new String(Row.of(event, time).json(), StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    JsonNode at(Instant time) {
        return at(time.toString());
    }

    /** Finishes the row: received at the given time, with a new id. */
    public JsonNode at(String time) {
        ObjectNode sent = row.deepCopy();
        sent.put("content_hash", sha256(row.toString()));
        sent.put(
                "event_id",
                UUID.nameUUIDFromBytes((time + row).getBytes(StandardCharsets.UTF_8))
                        .toString());
        sent.put("received_at", Instant.parse(time).toString());
        return sent;
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
