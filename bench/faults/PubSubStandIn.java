import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Pub/Sub's {@code topics.publish} of the dead-letter topic. */
final class PubSubStandIn extends HttpStandIn {

    static final String TOPIC = "projects/demo/topics/dead-letter";

    private final Tally tally;
    private final AtomicLong published = new AtomicLong();

    PubSubStandIn(Tally tally) throws IOException {
        super("/v1/" + TOPIC + ":publish");
        this.tally = tally;
    }

    /** All of them: a topic does not look into its messages. */
    @Override
    String take(String body, Predicate<String> valid) {
        List<String> ids = new ArrayList<>();
        for (Map<String, Object> message : Json.objects(Json.object(body).get("messages"))) {
            byte[] data = Base64.getDecoder().decode(Json.text(message.get("data")));
            Map<String, Object> row = Json.object(new String(data, StandardCharsets.UTF_8));
            String executionId = Json.text(Json.object(row.get("execution")).get("id"));
            tally.rowInTopic(executionId, Json.text(row.get("event_id")));
            ids.add("\"" + published.incrementAndGet() + "\"");
        }
        return "{\"messageIds\":[" + String.join(",", ids) + "]}";
    }
}
