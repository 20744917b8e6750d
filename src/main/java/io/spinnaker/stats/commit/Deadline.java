package io.spinnaker.stats.commit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The moment by which something must have happened. One is made when a request arrives and handed down; whoever waits,
 * waits for no longer than what is left of it.
 *
 * @param nanoTime on the clock of {@link System#nanoTime()}, which nobody sets
 */
public record Deadline(long nanoTime) {

    /** So long from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The same, with so much time kept back for what comes after. */
    public Deadline earlierBy(Duration time) {
        return new Deadline(nanoTime - time.toNanos());
    }

    /** Whether the other is later. */
    public boolean isBefore(Deadline other) {
        return nanoTime - other.nanoTime < 0;
    }

    /** The later of the two. */
    Deadline orLater(Deadline other) {
        return isBefore(other) ? other : this;
    }

    /** The earlier of the two; of one, that one. */
    Deadline orEarlier(@Nullable Deadline other) {
        return other == null || isBefore(other) ? this : other;
    }

    /** The time left, in whole milliseconds; 0 when it is over. */
    public long millisLeft() {
        return Math.max(0, (nanoTime - System.nanoTime()) / 1_000_000);
    }

    /** Whether no time is left. */
    public boolean isOver() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
