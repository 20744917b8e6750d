package faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import common.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Makes events from real payloads. Each event has a unique execution id, by which the ledger finds it. */
final class EventGenerator {

    private static final String ID_PLACEHOLDER = "EXECUTION-ID";
    private static final String PADDING = "{\"future\":\"" + "x".repeat(990_000) + "\",";

    record Event(String executionId, byte[] body) {}

    private final List<String> templates = new ArrayList<>();

    /** Reads all payloads that have an execution id. */
    EventGenerator() throws IOException {
        for (Path file : Service.payloads()) {
            JsonNode payload = Call.JSON.readTree(file.toFile());
            if (payload.path("execution").path("id").asText().length() == 64) {
                ((ObjectNode) payload.get("execution")).put("id", ID_PLACEHOLDER);
                templates.add(payload.toString());
            }
        }
    }

    Event next() {
        byte[] hash = new byte[32]; // SHA-256
        ThreadLocalRandom.current().nextBytes(hash);
        String id = HexFormat.of().formatHex(hash);
        String template = templates.get(ThreadLocalRandom.current().nextInt(templates.size()));
        return new Event(id, template.replace(ID_PLACEHOLDER, id).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns an event of 1 MB, close to the service's limit. An unknown field accounts for most of its size. */
    Event nextLarge() {
        Event event = next();
        String body = PADDING + new String(event.body, StandardCharsets.UTF_8).substring(1);
        return new Event(event.executionId, body.getBytes(StandardCharsets.UTF_8));
    }
}
