package io.spinnaker.stats.deadletter;

import io.quarkus.runtime.Startup;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.warehouse.Row;
import io.spinnaker.stats.warehouse.Warehouse;
import io.spinnaker.stats.watch.Counts;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Brings a row to where it is safe: to the warehouse or, when that cannot take it in time, to the dead-letter topic.
 * While the warehouse is known to be down, the other way round.
 */
@Singleton
@Startup
public class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    /** What the first way leaves of the time to the second. */
    private static final Duration FOR_THE_SECOND_WAY = Duration.ofMillis(900);

    private final Warehouse warehouse;
    private final @Nullable Topic deadLetters;
    private final Counts counts;
    private final CircuitBreaker breaker = new CircuitBreaker(System::nanoTime);

    /** Where a row has arrived. */
    public enum Outcome {
        /** In the warehouse. */
        STORED,
        /** In the dead-letter topic, from where it is brought to the warehouse. */
        DEAD_LETTERED
    }

    @Inject
    Delivery(Warehouse warehouse, DeadLetterConfig config, Counts counts, Vertx vertx) {
        this.warehouse = warehouse;
        this.deadLetters = config.topic()
                .map(name -> new Topic(name, "stats.dead-letter.topic", config.host(), vertx))
                .orElse(null);
        this.counts = counts;
    }

    /**
     * Delivers one row. Returns at once.
     *
     * @return completes when the row is safe; fails with {@link NotCommittedException} otherwise, by the deadline
     */
    public CompletionStage<Outcome> deliver(Row row, Deadline deadline) {
        Deadline first = deadline.earlierBy(FOR_THE_SECOND_WAY);
        if (deadLetters == null) {
            return store(row, first);
        }
        if (breaker.letsThrough()) {
            return store(row, first).exceptionallyCompose(failure -> {
                NotCommittedException reason = NotCommittedException.of(failure);
                return deadLetter(deadLetters, row, deadline, reason.reason())
                        .exceptionally(second -> failBoth(reason, second));
            });
        }
        return deadLetter(deadLetters, row, first, "the warehouse is down")
                .exceptionallyCompose(failure -> store(row, deadline)
                        .exceptionally(second -> failBoth(NotCommittedException.of(failure), second)));
    }

    private CompletionStage<Outcome> store(Row row, Deadline deadline) {
        return warehouse.insert(row, deadline).handle((nothing, failure) -> {
            if (failure != null) {
                NotCommittedException reason = NotCommittedException.of(failure);
                if (reason.why() == Why.UNAVAILABLE && breaker.open()) {
                    LOG.warnf("the warehouse is down: %s", reason.reason());
                }
                throw reason;
            }
            if (breaker.close()) {
                LOG.info("the warehouse takes rows again");
            }
            counts.add("stored");
            return Outcome.STORED;
        });
    }

    private CompletionStage<Outcome> deadLetter(Topic topic, Row row, Deadline deadline, String why) {
        return topic.publish(Message.of(row), deadline).thenApply(nothing -> {
            counts.addAndLog(Level.WARN, "dead-lettered", why);
            return Outcome.DEAD_LETTERED;
        });
    }

    private static Outcome failBoth(NotCommittedException first, Throwable second) {
        NotCommittedException reason = NotCommittedException.of(second);
        throw new NotCommittedException(reason.why(), first.reason() + "; " + reason.reason());
    }
}
