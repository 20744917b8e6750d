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
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger.Level;

/**
 * Stores dead letters. While storage is unavailable the function fails, and Pub/Sub delivers the message again with growing
 * pauses. A message that can never be stored is parked, so that nothing is dropped and nothing is retried forever.
 */
@Singleton
public class RedriveFunction {

    /** Pub/Sub's limit is 1,024 bytes. */
    private static final int MAX_ATTRIBUTE = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final RowStore rowStore;
    private final DeadLetterQueue parking;
    private final LogMetrics metrics;

    /** Creates the function; makes no call. */
    public RedriveFunction(
            RowStore rowStore, DeadLetterConfig config, Provider<Pubsub> pubsub, LogMetrics metrics, Vertx vertx) {
        this.rowStore = rowStore;
        this.parking = DeadLetterProducer.parking(config, pubsub, vertx);
        this.metrics = metrics;
    }

    /**
     * Stores the row of one message, or parks the message.
     *
     * @param event of type {@code google.cloud.pubsub.topic.v1.messagePublished}; its data is a push message of Pub/Sub
     * @throws WriteFailedException if both failed: the message must be delivered again
     */
    @Funq
    public void redrive(CloudEvent event) {
        byte[] data = data(event);
        Optional<Row> row = Row.read(data);
        if (row.isEmpty()) {
            park(data, "not a row of this service");
            return;
        }
        Deadline deadline = Deadline.after(Limits.REDRIVE_TIME);
        try {
            rowStore.insert(row.get(), deadline).toCompletableFuture().join();
            metrics.increment(Metric.REDRIVEN);
        } catch (RuntimeException e) {
            WriteFailedException failure = WriteFailedException.of(e);
            if (failure.failure() != Cause.REJECTED) {
                metrics.incrementAndLogFirst(Level.WARN, Metric.REDRIVE_FAILED, failure.reason());
                throw failure;
            }
            park(data, failure.reason());
        }
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

    /** The data of the message, or the whole event if it is not a message. */
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
