package io.spinnaker.stats.delivery;

import com.google.api.services.pubsub.Pubsub;
import com.google.api.services.pubsub.model.PublishRequest;
import com.google.api.services.pubsub.model.PubsubMessage;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.batch.BatchWriter;
import io.spinnaker.stats.batch.PendingWrite;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.gcp.ApiCall;
import io.spinnaker.stats.gcp.ApiException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Publishes messages to one Pub/Sub topic, in batches. */
final class PubSubTopic implements DeadLetterQueue {

    /** The characters that Google permits in both ids. */
    private static final Pattern NAME =
            Pattern.compile("projects/[a-z0-9.:-]+/topics/[A-Za-z][A-Za-z0-9._~+%-]{2,254}");

    private final String name;
    private final Pubsub pubsub;
    private final BatchWriter<PubsubMessage> writer;

    /**
     * Creates the topic; makes no call. A missing or forbidden topic shows with the first message.
     *
     * @param name {@code projects/PROJECT/topics/TOPIC}
     * @param setting the name of the setting that the name comes from
     * @throws ConfigurationException if the name is not valid
     */
    PubSubTopic(String name, String setting, Pubsub pubsub, Vertx vertx) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    setting + " is not a valid topic name; expected projects/PROJECT/topics/TOPIC");
        }
        this.name = name;
        this.pubsub = pubsub;
        this.writer = new BatchWriter<>("Pub/Sub", Limits.DEAD_LETTERS, this::send, vertx);
    }

    @Override
    public CompletionStage<Void> publish(byte[] data, Map<String, String> attributes, Deadline deadline) {
        // the standard alphabet of base64, as Pub/Sub uses it; encodeData would use the URL alphabet
        PubsubMessage message = new PubsubMessage()
                .setData(Base64.getEncoder().encodeToString(data))
                .setAttributes(attributes);
        return writer.add(message, message.getData().length(), deadline);
    }

    private void send(List<PendingWrite<PubsubMessage>> batch, Deadline latest) {
        PublishRequest messages = new PublishRequest()
                .setMessages(batch.stream().map(PendingWrite::item).toList());
        try {
            ApiCall.runWithRetries(
                    latest,
                    () -> pubsub.projects().topics().publish(name, messages).execute());
        } catch (ApiException e) {
            throw new WriteFailedException(Cause.UNAVAILABLE, reason(e));
        }
        batch.forEach(PendingWrite::succeed);
    }

    private String reason(ApiException e) {
        return switch (e.status()) {
            case 401, 403 ->
                "Pub/Sub denies access to " + name + " (" + e.summary()
                        + "); unless this is a quota, grant pubsub.topics.publish on the topic";
            case 404 -> "Pub/Sub topic " + name + " not found";
            default -> e.describe("Pub/Sub");
        };
    }
}
