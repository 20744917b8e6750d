package io.spinnaker.stats.deadletter;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Knows whether the warehouse is down, so that an outage costs a few clients some seconds, and not every one. One
 * failure opens it, one success closes it. While it is open, a row is let through every now and then to try: after
 * {@value #FIRST_PAUSE_S} s, then after twice as long each time, up to {@value #MAX_PAUSE_S} s.
 */
final class CircuitBreaker {

    private static final long FIRST_PAUSE_S = 1;
    private static final long MAX_PAUSE_S = 60;

    private final LongSupplier nanoTime;
    /** In seconds; 0 while closed. */
    private long pause;

    private long nextTry;

    /** A closed one. */
    CircuitBreaker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the warehouse should be tried. While open, only the first who asks after a pause is told so. */
    synchronized boolean letsThrough() {
        if (pause == 0) {
            return true;
        }
        if (nanoTime.getAsLong() - nextTry < 0) {
            return false;
        }
        pause = Math.min(pause * 2, MAX_PAUSE_S);
        nextTry = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(pause);
        return true;
    }

    /** The warehouse was down; true when that is news. */
    synchronized boolean open() {
        if (pause > 0) {
            return false;
        }
        pause = FIRST_PAUSE_S;
        nextTry = nanoTime.getAsLong() + TimeUnit.SECONDS.toNanos(pause);
        return true;
    }

    /** The warehouse has taken a row; true when that is news. */
    synchronized boolean close() {
        boolean wasOpen = pause > 0;
        pause = 0;
        return wasOpen;
    }
}
