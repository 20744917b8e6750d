package io.spinnaker.stats.time;

import java.time.Duration;

/**
 * A point in time by which an operation must have finished. A request gets one when it has arrived and hands it down, so
 * timeouts do not add up.
 *
 * @param nanoTime on the clock of {@link System#nanoTime()}, which is never set back
 */
public record Deadline(long nanoTime) {

    /** The deadline after the given time from now. */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** An earlier deadline, which leaves the given time for a later step. */
    public Deadline minus(Duration time) {
        return new Deadline(nanoTime - time.toNanos());
    }

    /** Whether this deadline is earlier than the other. */
    public boolean isBefore(Deadline other) {
        return nanoTime - other.nanoTime < 0;
    }

    /** The later of the two. */
    public Deadline max(Deadline other) {
        return isBefore(other) ? other : this;
    }

    /** The earlier of the two. */
    public Deadline min(Deadline other) {
        return isBefore(other) ? this : other;
    }

    /** The remaining time in whole milliseconds; 0 when the deadline has expired. */
    public long remainingMillis() {
        return Math.max(0, (nanoTime - System.nanoTime()) / 1_000_000);
    }

    /** Whether no time remains. */
    public boolean isExpired() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
