package faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Makes requests from real payloads. Each event has a unique execution id, by which the ledger finds it. */
final class EventGenerator {

    private static final Path PAYLOADS = Path.of("src/test/resources/contract/payloads");
    private static final String ID_PLACEHOLDER = "EXECUTION-ID";
    private static final String PADDING = "{\"future\":\"" + "x".repeat(990_000) + "\",";

    /** A request with one event. */
    record Request(String executionId, byte[] bytes) {}

    private final List<String> templates = new ArrayList<>();
    private final String longPipeline;

    /** Reads all payloads that have an execution id. */
    EventGenerator() throws IOException {
        try (Stream<Path> files = Files.walk(PAYLOADS)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                ObjectNode payload = (ObjectNode) Call.JSON.readTree(file.toFile());
                if (payload.path("execution").path("id").asText().length() == 64) {
                    templates.add(template(payload));
                }
            }
        }
        longPipeline = longPipeline();
    }

    private static String template(ObjectNode payload) {
        ((ObjectNode) payload.get("execution")).put("id", ID_PLACEHOLDER);
        return payload.toPrettyString();
    }

    /** Returns an event with as many stages as the largest real pipelines have, indented like those of real clients. */
    private static String longPipeline() throws IOException {
        ObjectNode payload = (ObjectNode) Call.JSON.readTree(
                PAYLOADS.resolve("spinnaker-1.36/payload-050.json").toFile());
        ArrayNode stages = (ArrayNode) payload.get("execution").get("stages");
        JsonNode stage = stages.get(0);
        while (stages.size() < 1_000) {
            stages.add(stage);
        }
        return template(payload);
    }

    Request next() {
        return request(anyTemplate(), false);
    }

    /** Returns an event in one chunk, without Content-Length. */
    Request nextChunked() {
        return request(anyTemplate(), true);
    }

    /** Returns an event of 190 KB with 1,000 stages. */
    Request nextLongPipeline() {
        return request(longPipeline, false);
    }

    /** Returns an event of 1 MB, close to the service's limit. An unknown field accounts for most of its size. */
    Request nextLarge() {
        return request(PADDING + anyTemplate().substring(1), false);
    }

    private String anyTemplate() {
        return templates.get(ThreadLocalRandom.current().nextInt(templates.size()));
    }

    private static Request request(String template, boolean isChunked) {
        byte[] hash = new byte[32]; // SHA-256
        ThreadLocalRandom.current().nextBytes(hash);
        String id = HexFormat.of().formatHex(hash);
        byte[] event = template.replace(ID_PLACEHOLDER, id).getBytes(UTF_8);
        String chunked = "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(event.length);
        byte[] bytes = isChunked
                ? HttpConnection.request(chunked, event, "\r\n0\r\n\r\n")
                : HttpConnection.request("Content-Length: " + event.length + "\r\n", event, "");
        return new Request(id, bytes);
    }
}
