package io.spinnaker.stats.deadletter;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.pubsub.model.PublishRequest;
import com.google.api.services.pubsub.model.PubsubMessage;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.GroupCommit;
import io.spinnaker.stats.commit.GroupCommit.Limits;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.commit.Pending;
import io.spinnaker.stats.google.Answer;
import io.spinnaker.stats.google.GoogleApi;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A Pub/Sub topic: keeps messages until somebody has taken them. */
final class Topic {

    /** Bytes a call: Pub/Sub takes 10 MB. Held: all that BigQuery may leave at once, in base64, a third larger. */
    private static final Limits LIMITS = new Limits(16, 500, 9_000_000, 10_000, 16 << 20);

    private final String name;
    private final GoogleApi api;
    private final URI publish;
    private final GroupCommit<PubsubMessage> messages;

    /**
     * Asks Pub/Sub nothing: a topic that is missing or forbidden shows with the first message.
     *
     * @param name {@code projects/P/topics/T}
     * @param setting where the name comes from
     * @throws ConfigurationException when the name is none, the host is no URL, or there are no credentials
     */
    Topic(String name, String setting, URI host, Vertx vertx) {
        if (!name.matches("projects/[^/]+/topics/[^/]+")) {
            throw new ConfigurationException(setting + " is no topic's name: write projects/PROJECT/topics/TOPIC");
        }
        this.name = name;
        this.api = new GoogleApi("Pub/Sub", host, "stats.dead-letter.host");
        this.publish = api.resolve("/v1/" + name + ":publish");
        this.messages = new GroupCommit<>("Pub/Sub", LIMITS, this::send, vertx);
    }

    /**
     * Publishes one message. Returns at once.
     *
     * @return completes when Pub/Sub has it; fails with {@link NotCommittedException} otherwise, by the deadline
     */
    CompletionStage<Void> publish(PubsubMessage message, Deadline deadline) {
        return messages.add(message, message.getData().length(), deadline);
    }

    private void send(List<Pending<PubsubMessage>> group, Deadline latest) {
        Answer answer = api.post(publish, "application/json", body(group), latest);
        if (!answer.isOk()) {
            throw new NotCommittedException(Why.UNAVAILABLE, reason(answer));
        }
        group.forEach(Pending::succeed);
    }

    private static byte[] body(List<Pending<PubsubMessage>> group) {
        PublishRequest content = new PublishRequest()
                .setMessages(group.stream().map(Pending::item).toList());
        try {
            return GsonFactory.getDefaultInstance().toByteArray(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: it cannot fail
        }
    }

    private String reason(Answer answer) {
        return switch (answer.status()) {
            case 200 -> "Pub/Sub's answer could not be read";
            case 401, 403 ->
                "Pub/Sub refuses " + name + " to this service (" + answer.codes()
                        + "); unless that is a quota, its account needs pubsub.topics.publish on the topic";
            case 404 -> "Pub/Sub has no topic " + name;
            default -> "Pub/Sub answered " + answer.codes();
        };
    }
}
