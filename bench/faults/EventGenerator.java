package faults;

import common.PayloadFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes events from real payloads. Each event has a unique execution id, by which the ledger finds it. */
final class EventGenerator {

    private static final Pattern EXECUTION_ID =
            Pattern.compile("\"execution\"\\s*:\\s*\\{\\s*\"id\"\\s*:\\s*\"([0-9a-f]{64})\"");
    private static final int SHA_256_BYTES = 32;
    private static final int LARGE_BYTES = 1_000_000;

    record Event(String executionId, byte[] body) {}

    /** The text of a payload before and after its execution id. */
    private record Payload(String before, String after) {}

    private final List<Payload> payloads = new ArrayList<>();

    /** Reads all payloads that have an execution id. */
    EventGenerator() throws IOException {
        for (Path file : PayloadFiles.all()) {
            String payload = Files.readString(file);
            Matcher id = EXECUTION_ID.matcher(payload);
            if (id.find()) {
                payloads.add(new Payload(payload.substring(0, id.start(1)), payload.substring(id.end(1))));
            }
        }
        if (payloads.isEmpty()) {
            throw new IllegalStateException("no payload has an execution id");
        }
    }

    /** Returns an event of 1 MB, close to the service's limit. An unknown field accounts for most of its size. */
    Event nextLarge() {
        Event event = next();
        String body = new String(event.body(), StandardCharsets.UTF_8);
        String padding = "{\"future\":\"" + "x".repeat(LARGE_BYTES - body.length() - 16) + "\",";
        return new Event(event.executionId(), (padding + body.substring(1)).getBytes(StandardCharsets.UTF_8));
    }

    Event next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] hash = new byte[SHA_256_BYTES];
        random.nextBytes(hash);
        String id = HexFormat.of().formatHex(hash);
        Payload payload = payloads.get(random.nextInt(payloads.size()));
        return new Event(id, (payload.before() + id + payload.after()).getBytes(StandardCharsets.UTF_8));
    }
}
