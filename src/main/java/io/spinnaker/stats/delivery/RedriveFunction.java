package io.spinnaker.stats.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.api.services.pubsub.Pubsub;
import io.cloudevents.CloudEvent;
import io.quarkus.funqy.Funq;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.storage.Row;
import io.spinnaker.stats.storage.RowStore;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Stores dead letters. While storage is unavailable the function fails, and Pub/Sub delivers the message again with growing
 * pauses. It also fails while storage rejects the row of a young message, because BigQuery learns new columns late. A message
 * that can never be stored is parked, so that nothing is dropped and nothing is retried forever.
 */
@Singleton
public class RedriveFunction {

    /** Pub/Sub's limit is 1,024 bytes. */
    private static final int MAX_ATTRIBUTE = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final RowStore rowStore;
    private final DeadLetterQueue parking;
    private final LogMetrics metrics;
    private final Clock clock;

    /** Creates the function; makes no call. */
    public RedriveFunction(
            RowStore rowStore,
            DeadLetterConfig config,
            Provider<Pubsub> pubsub,
            LogMetrics metrics,
            Vertx vertx,
            Clock clock) {
        this.rowStore = rowStore;
        this.parking = DeadLetterProducer.parking(config, pubsub, vertx);
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * A push message of Pub/Sub.
     *
     * @param data the data of the message, or the whole push if it has no message
     * @param publishTime null if it is absent or not a time
     */
    @SuppressWarnings("ArrayRecordComponent") // messages are not compared
    private record Message(byte[] data, @Nullable Instant publishTime) {

        static Message of(byte[] push) {
            try {
                JsonNode message = JSON.readTree(push).path("message");
                JsonNode data = message.path("data");
                return data.isTextual()
                        ? new Message(
                                data.binaryValue(),
                                time(message.path("publishTime").asText()))
                        : new Message(push, null);
            } catch (IOException e) {
                return new Message(push, null);
            }
        }

        private static @Nullable Instant time(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }

    /**
     * Stores the row of one message, or parks the message. A message without a publish time counts as old.
     *
     * @param event of type {@code google.cloud.pubsub.topic.v1.messagePublished}; its data is a push message of Pub/Sub
     * @throws WriteFailedException if neither succeeded: the message must be delivered again
     */
    @Funq
    public void redrive(CloudEvent event) {
        redrive(event.getData() == null ? new byte[0] : event.getData().toBytes());
    }

    void redrive(byte[] push) {
        Message message = Message.of(push);
        Optional<Row> row = Row.read(message.data());
        if (row.isEmpty()) {
            park(message.data(), "not a row of this service");
            return;
        }
        Deadline deadline = Deadline.after(Limits.REDRIVE_TIME);
        try {
            rowStore.insert(row.get(), deadline).toCompletableFuture().join();
            metrics.increment(Metric.REDRIVEN);
        } catch (RuntimeException e) {
            WriteFailedException failure = WriteFailedException.of(e);
            if (failure.failure() != Cause.REJECTED || isYoung(message)) {
                metrics.incrementAndLogFirst(Level.WARN, Metric.REDRIVE_FAILED, failure.reason());
                throw failure;
            }
            park(message.data(), failure.reason());
        }
    }

    private boolean isYoung(Message message) {
        return message.publishTime() != null
                && clock.instant().isBefore(message.publishTime().plus(Limits.MIN_PARKING_AGE));
    }

    private void park(byte[] data, String reason) {
        String attribute = reason.substring(0, Math.min(reason.length(), MAX_ATTRIBUTE));
        try {
            parking.publish(data, Map.of("reason", attribute), Deadline.after(Limits.REDRIVE_TIME))
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException e) {
            WriteFailedException failure = WriteFailedException.of(e);
            metrics.incrementAndLogFirst(Level.WARN, Metric.PARKING_FAILED, failure.reason());
            throw failure;
        }
        metrics.incrementAndLogFirst(Level.WARN, Metric.PARKED, reason);
    }
}
