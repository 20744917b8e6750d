package faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Pub/Sub's {@code topics.publish} for the dead-letter topic. */
final class FakePubSub extends FakeServer {

    static final String TOPIC = "projects/demo/topics/dead-letter";

    private final EventLedger ledger;
    private final AtomicLong lastMessageId = new AtomicLong();

    FakePubSub(EventLedger ledger) throws IOException {
        super("/v1/" + TOPIC + ":publish");
        this.ledger = ledger;
    }

    /** Stores all messages, because a topic does not validate them. */
    @Override
    String store(String body, Predicate<String> isValid) {
        List<String> ids = new ArrayList<>();
        for (Map<String, Object> message :
                JsonReader.asObjects(JsonReader.readObject(body).get("messages"))) {
            byte[] data = Base64.getDecoder().decode(JsonReader.asText(message.get("data")));
            Map<String, Object> row = JsonReader.readObject(new String(data, StandardCharsets.UTF_8));
            String executionId =
                    JsonReader.asText(JsonReader.asObject(row.get("execution")).get("id"));
            ledger.recordDeadLetter(executionId, JsonReader.asText(row.get("event_id")));
            ids.add("\"" + lastMessageId.incrementAndGet() + "\"");
        }
        return "{\"messageIds\":[" + String.join(",", ids) + "]}";
    }
}
