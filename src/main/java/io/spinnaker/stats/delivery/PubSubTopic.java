package io.spinnaker.stats.delivery;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.pubsub.model.PublishRequest;
import com.google.api.services.pubsub.model.PubsubMessage;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.batch.BatchWriter;
import io.spinnaker.stats.batch.PendingWrite;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.gcp.ApiResponse;
import io.spinnaker.stats.gcp.ApiUnreachableException;
import io.spinnaker.stats.gcp.GoogleRestClient;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Publishes messages to one Pub/Sub topic, in batches. */
final class PubSubTopic implements DeadLetterQueue {

    private final String name;
    private final GoogleRestClient client;
    private final URI publish;
    private final BatchWriter<PubsubMessage> writer;

    /**
     * Creates the topic's client; makes no call. A missing or forbidden topic shows with the first message.
     *
     * @param name {@code projects/PROJECT/topics/TOPIC}
     * @param setting the name of the setting that the name comes from
     * @throws ConfigurationException if the name is not valid, the host is not a base URL, or there are no credentials
     */
    PubSubTopic(String name, String setting, URI host, Vertx vertx) {
        if (!name.matches("projects/[^/]+/topics/[^/]+")) {
            throw new ConfigurationException(
                    setting + " is not a valid topic name; expected projects/PROJECT/topics/TOPIC");
        }
        this.name = name;
        this.client = new GoogleRestClient("Pub/Sub", host, "stats.dead-letter.host", Limits.API_CALLS);
        this.publish = client.resolve("/v1/" + name + ":publish");
        this.writer = new BatchWriter<>("Pub/Sub", Limits.DEAD_LETTERS, this::send, vertx);
    }

    @Override
    public CompletionStage<Void> publish(byte[] data, Map<String, String> attributes, Deadline deadline) {
        // the standard alphabet of base64, as Pub/Sub uses it; Google's client would encode with the URL alphabet
        PubsubMessage message = new PubsubMessage()
                .setData(Base64.getEncoder().encodeToString(data))
                .setAttributes(attributes);
        return writer.add(message, message.getData().length(), deadline);
    }

    private void send(List<PendingWrite<PubsubMessage>> batch, Deadline latest) {
        ApiResponse response;
        try {
            response = client.post(publish, "application/json", body(batch), latest);
        } catch (ApiUnreachableException e) {
            throw new WriteFailedException(Cause.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        if (!response.isOk()) {
            throw new WriteFailedException(Cause.UNAVAILABLE, reason(response));
        }
        batch.forEach(PendingWrite::succeed);
    }

    private static byte[] body(List<PendingWrite<PubsubMessage>> batch) {
        PublishRequest content = new PublishRequest()
                .setMessages(batch.stream().map(PendingWrite::item).toList());
        try {
            return GsonFactory.getDefaultInstance().toByteArray(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory cannot fail
        }
    }

    private String reason(ApiResponse response) {
        return switch (response.status()) {
            case 200 -> "Pub/Sub's response is not JSON";
            case 401, 403 ->
                "Pub/Sub denies access to " + name + " (" + response.errorSummary()
                        + "); unless this is a quota, grant pubsub.topics.publish on the topic";
            case 404 -> "Pub/Sub topic " + name + " not found";
            default -> "Pub/Sub responded " + response.errorSummary();
        };
    }
}
