package io.spinnaker.stats.delivery;

import com.google.api.services.pubsub.model.PubsubMessage;
import io.spinnaker.stats.storage.Row;
import java.util.Base64;
import java.util.Map;

/** Creates Pub/Sub messages: the JSON of a row unchanged, and the row's id as an attribute. */
final class PubSubMessages {

    private PubSubMessages() {}

    static PubsubMessage of(Row row) {
        return of(row.json(), Map.of("event_id", row.id()));
    }

    /** Encodes with the standard alphabet of base64, as Pub/Sub does; Google's client would use the URL alphabet. */
    static PubsubMessage of(byte[] data, Map<String, String> attributes) {
        return new PubsubMessage()
                .setData(Base64.getEncoder().encodeToString(data))
                .setAttributes(attributes);
    }
}
