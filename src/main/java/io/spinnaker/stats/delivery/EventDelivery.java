package io.spinnaker.stats.delivery;

import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.storage.Row;
import io.spinnaker.stats.storage.RowStore;
import io.spinnaker.stats.time.Deadline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Delivers each event as one row: to storage or, if that fails in time, to the dead-letter queue. While the circuit breaker
 * is open, the order is reversed. Without a dead-letter queue, storage is the only destination.
 */
@Singleton
public class EventDelivery {

    private static final Logger LOG = Logger.getLogger(EventDelivery.class);

    private final RowStore rowStore;
    private final Optional<DeadLetterQueue> deadLetterQueue;
    private final LogMetrics metrics;
    private final Clock clock;
    private final CircuitBreaker breaker = new CircuitBreaker(System::nanoTime);

    /** Where a row has been confirmed. */
    public enum Result {
        /** Storage has the row. */
        STORED,
        /** The dead-letter queue has the row; {@code redrive} stores it later. */
        DEAD_LETTERED
    }

    @Inject
    EventDelivery(RowStore rowStore, Optional<DeadLetterQueue> deadLetterQueue, LogMetrics metrics, Clock clock) {
        this.rowStore = rowStore;
        this.deadLetterQueue = deadLetterQueue;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Delivers one event. Returns immediately.
     *
     * @param deadline of the response, as in {@link Limits#REQUEST_TIME}
     * @return completes when the row is safe; otherwise fails with {@link DeliveryFailedException} by the deadline
     */
    public CompletionStage<Result> deliver(Event event, Deadline deadline) {
        return deliver(Row.of(event, clock.instant()), deadline);
    }

    CompletionStage<Result> deliver(Row row, Deadline deadline) {
        Deadline first = deadline.minus(Limits.REQUEST_TIME.deadLetterReserve());
        if (deadLetterQueue.isEmpty()) {
            return store(row, first).exceptionally(EventDelivery::fail);
        }
        DeadLetterQueue queue = deadLetterQueue.get();
        if (breaker.tryAcquirePermission()) {
            return storeWithBreaker(row, first).exceptionallyCompose(failure -> {
                WriteFailedException reason = WriteFailedException.of(failure);
                return deadLetter(queue, row, deadline, reason.reason())
                        .exceptionally(second -> combineFailures(reason, second));
            });
        }
        return deadLetter(queue, row, first, "circuit breaker open")
                .exceptionallyCompose(failure -> storeWithBreaker(row, deadline)
                        .exceptionally(second -> combineFailures(WriteFailedException.of(failure), second)));
    }

    private CompletionStage<Result> store(Row row, Deadline deadline) {
        return rowStore.insert(row, deadline).thenApply(nothing -> {
            metrics.increment(Metric.STORED);
            return Result.STORED;
        });
    }

    private CompletionStage<Result> storeWithBreaker(Row row, Deadline deadline) {
        return store(row, deadline).whenComplete((result, failure) -> {
            if (failure == null) {
                if (breaker.recordSuccess()) {
                    LOG.info("circuit breaker closed");
                }
            } else {
                WriteFailedException reason = WriteFailedException.of(failure);
                if (reason.failure() == Cause.UNAVAILABLE && breaker.recordFailure()) {
                    LOG.warnf("circuit breaker opened: %s", reason.reason());
                }
            }
        });
    }

    private CompletionStage<Result> deadLetter(DeadLetterQueue queue, Row row, Deadline deadline, String reason) {
        return queue.publish(row.json(), Map.of("event_id", row.id()), deadline).thenApply(nothing -> {
            metrics.incrementAndLogFirst(Level.WARN, Metric.DEAD_LETTERED, reason);
            return Result.DEAD_LETTERED;
        });
    }

    private static Result fail(Throwable failure) {
        throw new DeliveryFailedException(WriteFailedException.of(failure).reason());
    }

    private static Result combineFailures(WriteFailedException first, Throwable second) {
        throw new DeliveryFailedException(
                first.reason() + "; " + WriteFailedException.of(second).reason());
    }
}
