package io.spinnaker.stats.collect;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for requests that wait for their answer: each holds its body until then, however little of it is kept as a row.
 */
@Singleton
final class Room {

    /** As much as {@link Uploads} lets be on the way. */
    private static final long MAX_BYTES = 16 << 20;

    private final AtomicLong taken = new AtomicLong();

    /** Takes room for so many bytes; false when there is not so much. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) > MAX_BYTES) {
            giveBack(bytes);
            return false;
        }
        return true;
    }

    /** Gives back what was taken. */
    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }
}
