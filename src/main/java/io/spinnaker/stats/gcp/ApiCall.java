package io.spinnaker.stats.gcp;

import com.google.api.core.NanoClock;
import com.google.cloud.RetryHelper;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Runs calls of Google's clients within a deadline. The clients have no parameter for it, but run the transport and the retry
 * rule in the thread of the call; there, both ask for the remaining time.
 */
public final class ApiCall {

    static final RetryRule RETRY_RULE = new RetryRule(Limits.API_CALLS);

    private static final ThreadLocal<Deadline> DEADLINE = new ThreadLocal<>();

    private ApiCall() {}

    /**
     * Runs a call of BigQuery's client, which retries by itself. Blocks.
     *
     * @throws ApiException if the last attempt failed
     */
    public static <T> T run(Deadline deadline, Callable<T> call) {
        DEADLINE.set(deadline);
        try {
            return call.call();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw ApiException.of(e);
        } finally {
            DEADLINE.remove();
        }
    }

    /**
     * Runs a call of another client, with retries. Blocks.
     *
     * @throws ApiException if the last attempt failed
     */
    public static <T> T runWithRetries(Deadline deadline, Callable<T> call) {
        return run(
                deadline,
                () -> RetryHelper.runWithRetries(call, RETRY_RULE.settings(), RETRY_RULE, NanoClock.getDefaultClock()));
    }

    /** The remaining time of this thread's call, but at most the given time. */
    static Duration remainingTime(Duration atMost) {
        Deadline deadline = DEADLINE.get();
        if (deadline == null) {
            return atMost;
        }
        Duration remaining = Duration.ofMillis(deadline.remainingMillis());
        return remaining.compareTo(atMost) < 0 ? remaining : atMost;
    }
}
