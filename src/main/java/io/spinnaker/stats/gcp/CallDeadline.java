package io.spinnaker.stats.gcp;

import io.spinnaker.stats.time.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Hands the deadline of a call down to the transport and to the retry rule. Google's clients have no parameter for it, but run
 * both in the thread that makes the call.
 */
final class CallDeadline {

    private static final ThreadLocal<Deadline> CURRENT = new ThreadLocal<>();

    private CallDeadline() {}

    /** Runs a call within a deadline. */
    static <T> T within(Deadline deadline, Callable<T> call) throws Exception {
        CURRENT.set(deadline);
        try {
            return call.call();
        } finally {
            CURRENT.remove();
        }
    }

    /** The remaining time of this thread's call, at most the given time; the given time if there is no deadline. */
    static Duration remaining(Duration atMost) {
        Deadline deadline = CURRENT.get();
        if (deadline == null) {
            return atMost;
        }
        Duration remaining = Duration.ofMillis(deadline.remainingMillis());
        return remaining.compareTo(atMost) < 0 ? remaining : atMost;
    }
}
