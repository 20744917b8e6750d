package io.spinnaker.stats.pacing;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A token bucket: tokens are added at a constant rate up to a capacity. Requests take tokens in the order of their arrival, also
 * tokens that are yet to be added; then they must wait for them. Over any time, the cost of all requests is at most the rate times
 * that time, plus the capacity, plus the cost of one request that exceeds the capacity.
 */
final class RateLimiter {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double tokensPerSecond;
    private final double capacity;
    private final LongSupplier nanoTime;

    /** Tokens that are available; negative if some have been taken that are yet to be added. */
    private double tokens;

    private long addedAt;

    /**
     * Creates a full bucket.
     *
     * @param burst the time in which an empty bucket becomes full
     */
    RateLimiter(int tokensPerSecond, Duration burst, LongSupplier nanoTime) {
        this.tokensPerSecond = tokensPerSecond;
        this.capacity = tokensPerSecond * (burst.toNanos() / NANOS_PER_SECOND);
        this.nanoTime = nanoTime;
        this.tokens = capacity;
        this.addedAt = nanoTime.getAsLong();
    }

    /**
     * Takes tokens if they are available within a time. A full bucket has enough for every request: one that costs more than the
     * capacity delays the requests after it.
     *
     * @param reserved the share of the capacity, from 0 to 1, that stays in the bucket for other requests
     * @return how long to wait for the tokens; empty if that is too long, and then no tokens are taken
     */
    synchronized Optional<Duration> tryAcquire(double cost, double reserved, Duration maxWait) {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + (now - addedAt) / NANOS_PER_SECOND * tokensPerSecond);
        addedAt = now;
        double kept = reserved * capacity;
        double missing = Math.max(0, Math.min(cost, capacity - kept) + kept - tokens);
        Duration wait = Duration.ofNanos((long) Math.ceil(missing / tokensPerSecond * NANOS_PER_SECOND));
        if (wait.compareTo(maxWait) > 0) {
            return Optional.empty();
        }
        tokens -= cost;
        return Optional.of(wait);
    }
}
