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
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A Pub/Sub topic: keeps messages until somebody has taken them. */
final class PubSubTopic {

    private final String name;
    private final GoogleRestClient api;
    private final URI publish;
    private final BatchWriter<PubsubMessage> messages;

    /**
     * Asks Pub/Sub nothing: a topic that is missing or forbidden shows with the first message.
     *
     * @param name {@code projects/P/topics/T}
     * @param setting where the name comes from
     * @throws ConfigurationException when the name is none, the host is no URL, or there are no credentials
     */
    PubSubTopic(String name, String setting, URI host, Vertx vertx) {
        if (!name.matches("projects/[^/]+/topics/[^/]+")) {
            throw new ConfigurationException(
                    setting + " is not a valid topic name; expected projects/PROJECT/topics/TOPIC");
        }
        this.name = name;
        this.api = new GoogleRestClient("Pub/Sub", host, "stats.dead-letter.host", Limits.API_CALLS);
        this.publish = api.resolve("/v1/" + name + ":publish");
        this.messages = new BatchWriter<>("Pub/Sub", Limits.DEAD_LETTERS, this::send, vertx);
    }

    /**
     * Publishes one message. Returns at once.
     *
     * @return completes when Pub/Sub has it; fails with {@link WriteFailedException} otherwise, by the deadline
     */
    CompletionStage<Void> publish(PubsubMessage message, Deadline deadline) {
        return messages.add(message, message.getData().length(), deadline);
    }

    private void send(List<PendingWrite<PubsubMessage>> group, Deadline latest) {
        ApiResponse answer;
        try {
            answer = api.post(publish, "application/json", body(group), latest);
        } catch (ApiUnreachableException e) {
            throw new WriteFailedException(Cause.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        if (!answer.isOk()) {
            throw new WriteFailedException(Cause.UNAVAILABLE, reason(answer));
        }
        group.forEach(PendingWrite::succeed);
    }

    private static byte[] body(List<PendingWrite<PubsubMessage>> group) {
        PublishRequest content = new PublishRequest()
                .setMessages(group.stream().map(PendingWrite::item).toList());
        try {
            return GsonFactory.getDefaultInstance().toByteArray(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: it cannot fail
        }
    }

    private String reason(ApiResponse answer) {
        return switch (answer.status()) {
            case 200 -> "Pub/Sub's answer could not be read";
            case 401, 403 ->
                "Pub/Sub refuses " + name + " to this service (" + answer.errorSummary()
                        + "); unless that is a quota, its account needs pubsub.topics.publish on the topic";
            case 404 -> "Pub/Sub has no topic " + name;
            default -> "Pub/Sub answered " + answer.errorSummary();
        };
    }
}
