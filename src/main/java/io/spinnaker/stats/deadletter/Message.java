package io.spinnaker.stats.deadletter;

import com.google.api.services.pubsub.model.PubsubMessage;
import io.spinnaker.stats.warehouse.Row;
import java.util.Map;

/** How a row travels through Pub/Sub: its JSON as it is, and its id beside it, for those who look at a message. */
final class Message {

    private Message() {}

    static PubsubMessage of(Row row) {
        return new PubsubMessage().encodeData(row.json()).setAttributes(Map.of("event_id", row.id()));
    }
}
