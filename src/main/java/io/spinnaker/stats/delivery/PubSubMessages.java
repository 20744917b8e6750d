package io.spinnaker.stats.delivery;

import com.google.api.services.pubsub.model.PubsubMessage;
import io.spinnaker.stats.storage.Row;
import java.util.Base64;
import java.util.Map;

/** How a row travels through Pub/Sub: its JSON as it is, and its id beside it, for those who look at a message. */
final class PubSubMessages {

    private PubSubMessages() {}

    static PubsubMessage of(Row row) {
        return of(row.json(), Map.of("event_id", row.id()));
    }

    /** In the base64 that Pub/Sub itself writes: Google's client would take the one for URLs. */
    static PubsubMessage of(byte[] data, Map<String, String> attributes) {
        return new PubsubMessage()
                .setData(Base64.getEncoder().encodeToString(data))
                .setAttributes(attributes);
    }
}
