package io.spinnaker.stats.delivery;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Skips storage while it is down, so that during an outage only a few requests pay the timeout. One failure opens the
 * breaker, one success closes it. While it is open, single rows are sent as probes (half-open): after
 * {@value #FIRST_PROBE_S} s, then after twice the time, up to {@value #MAX_PROBE_INTERVAL_S} s.
 */
final class CircuitBreaker {

    private static final long FIRST_PROBE_S = 1;
    private static final long MAX_PROBE_INTERVAL_S = 60;

    private final LongSupplier nanoTime;

    /** Seconds between probes; 0 while the breaker is closed. */
    private long probeInterval;

    private long nextProbe;

    /** Creates a closed breaker. */
    CircuitBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether a row may be sent to storage. While the breaker is open, this is true once per probe interval. */
    synchronized boolean tryAcquirePermission() {
        if (probeInterval == 0) {
            return true;
        }
        if (nanoTime.getAsLong() - nextProbe < 0) {
            return false;
        }
        probeInterval = Math.min(probeInterval * 2, MAX_PROBE_INTERVAL_S);
        nextProbe = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(probeInterval);
        return true;
    }

    /** Opens the breaker; returns whether it was closed. */
    synchronized boolean recordFailure() {
        if (probeInterval > 0) {
            return false;
        }
        probeInterval = FIRST_PROBE_S;
        nextProbe = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(probeInterval);
        return true;
    }

    /** Closes the breaker; returns whether it was open. */
    synchronized boolean recordSuccess() {
        boolean wasOpen = probeInterval > 0;
        probeInterval = 0;
        return wasOpen;
    }
}
