package io.spinnaker.stats.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cloudevents.CloudEvent;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.warehouse.Row;
import io.spinnaker.stats.warehouse.Warehouse;
import io.spinnaker.stats.watch.Counts;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger.Level;

/**
 * Takes a dead letter to the warehouse after all. While that is down, the function fails, and Pub/Sub delivers the
 * message again, later and later. What can never be stored is parked: nothing is dropped, and nothing circles for ever.
 */
@Singleton
public class Redrive {

    /** Nobody waits for an answer, but the function is paid for while it runs. */
    private static final Duration TIME = Duration.ofSeconds(10);

    /** Pub/Sub takes 1,024 bytes. */
    private static final int MAX_ATTRIBUTE = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Warehouse warehouse;
    private final Topic parked;
    private final Counts counts;

    /** Calls nobody yet. */
    public Redrive(Warehouse warehouse, DeadLetterConfig config, Counts counts, Vertx vertx) {
        this.warehouse = warehouse;
        this.parked = new Topic(
                config.parkingTopic()
                        .orElseThrow(
                                () -> new ConfigurationException(
                                        "redrive has nowhere to park: set stats.dead-letter.parking-topic (STATS_DEAD_LETTER_PARKING_TOPIC)")),
                "stats.dead-letter.parking-topic",
                config.host(),
                vertx);
        this.counts = counts;
    }

    /**
     * Stores the row of one message, or parks the message.
     *
     * @param event of type {@code google.cloud.pubsub.topic.v1.messagePublished}; its data is a push of Pub/Sub's
     * @throws NotCommittedException when it could do neither: the message must be delivered again
     */
    @Funq
    public void redrive(CloudEvent event) {
        byte[] data = data(event);
        Optional<Row> row = Row.read(data);
        if (row.isEmpty()) {
            park(data, "it is no row");
            return;
        }
        Deadline deadline = Deadline.in(TIME);
        try {
            warehouse.insert(row.get(), deadline).toCompletableFuture().join();
            counts.add("redriven");
        } catch (RuntimeException e) {
            NotCommittedException failure = NotCommittedException.of(e);
            if (failure.why() != Why.REFUSED) {
                counts.addAndLog(Level.WARN, "not-redriven", failure.reason());
                throw failure;
            }
            park(data, failure.reason());
        }
    }

    private void park(byte[] data, String reason) {
        String attribute = reason.substring(0, Math.min(reason.length(), MAX_ATTRIBUTE));
        try {
            parked.publish(Message.of(data, Map.of("reason", attribute)), Deadline.in(TIME))
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException e) {
            NotCommittedException failure = NotCommittedException.of(e);
            counts.addAndLog(Level.WARN, "not-parked", failure.reason());
            throw failure;
        }
        counts.addAndLog(Level.WARN, "parked", reason);
    }

    /** What the message carries; all of the event when it is no message. */
    private static byte[] data(CloudEvent event) {
        byte[] all = event.getData() == null ? new byte[0] : event.getData().toBytes();
        try {
            JsonNode data = JSON.readTree(all).at("/message/data");
            return data.isTextual() ? data.binaryValue() : all;
        } catch (IOException e) {
            return all;
        }
    }
}
