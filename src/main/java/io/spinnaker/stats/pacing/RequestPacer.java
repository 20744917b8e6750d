package io.spinnaker.stats.pacing;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.problem.Problem;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Delays requests beyond the configured rate, and rejects those that would have to wait for too long. One rate applies to all
 * requests of this instance. Without a configured rate, nothing is delayed.
 */
@Singleton
public final class RequestPacer {

    /** Which requests wait first. */
    public enum Priority {
        /** An event, for which half of the saved tokens are reserved: many readers of the page must not keep events out. */
        EVENT(0),
        /** Any other request. */
        OTHER(0.5);

        private final double reserved;

        Priority(double reserved) {
            this.reserved = reserved;
        }
    }

    /** The cost of a request without its bytes. */
    public static final double REQUEST = 1;

    private final Optional<RateLimiter> limiter;
    private final Vertx vertx;
    private final LogMetrics metrics;

    /**
     * Creates the pacer.
     *
     * @throws ConfigurationException if the rate is not positive
     */
    RequestPacer(PacingConfig config, Vertx vertx, LogMetrics metrics) {
        this.limiter = limiter(config.maxEventsPerSecond());
        this.vertx = vertx;
        this.metrics = metrics;
    }

    private static Optional<RateLimiter> limiter(OptionalInt rate) {
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        if (rate.getAsInt() < 1) {
            throw new ConfigurationException(
                    "stats.max-events-per-second is not a valid rate; expected a whole number, at least 1");
        }
        return Optional.of(new RateLimiter(rate.getAsInt(), Limits.PACING.burst(), System::nanoTime));
    }

    /** The cost of the bytes of an event or a file. */
    public static double cost(long bytes) {
        return (double) bytes / Limits.PACING.bytesPerToken();
    }

    /**
     * Continues with a request as soon as the rate allows it: at once, or on its event loop after a wait. Rejects it with 429 if
     * the wait would be too long, and holds that response for as long as the longest wait. Returns immediately.
     *
     * @param priority of the request
     * @param cost in requests: {@link #REQUEST}, the {@link #cost} of bytes, or both
     * @param next is not called if the request is rejected, and is not kept until the response
     */
    public void pace(RoutingContext context, Priority priority, double cost, Runnable next) {
        if (limiter.isEmpty() || cost <= 0) {
            next.run();
            return;
        }
        Optional<Duration> wait = limiter.get().tryAcquire(cost, priority.reserved, Limits.PACING.maxWait());
        if (wait.isEmpty()) {
            vertx.setTimer(Limits.PACING.maxWait().toMillis(), held -> reject(context));
        } else if (wait.get().isZero()) {
            next.run();
        } else {
            vertx.setTimer(wait.get().plusMillis(1).toMillis(), waited -> next.run());
        }
    }

    /** Without {@code Retry-After}, which would make OkHttp repeat the request at once. */
    private void reject(RoutingContext context) {
        metrics.increment(Metric.REJECTED, Map.of("status", "429", "reason", "rate"));
        if (!context.response().closed()) {
            Problem.of(429, "Too many requests.").send(context);
        }
    }
}
