package io.spinnaker.stats.limits;

import java.time.Duration;
import java.util.Set;

/**
 * When and how often a call to a Google API is repeated, within the caller's deadline.
 *
 * @param connectTimeout timeout of a connection attempt
 * @param attemptTimeout timeout of one attempt, so that a silent server leaves time for a retry
 * @param minAttemptTime an attempt with less remaining time than this is not started
 * @param initialBackoff pause before the first retry; it doubles with each further one
 * @param maxBackoffExponent how often the pause doubles
 * @param retryableStatuses HTTP statuses after which a retry can succeed
 */
public record RetryPolicy(
        Duration connectTimeout,
        Duration attemptTimeout,
        Duration minAttemptTime,
        Duration initialBackoff,
        int maxBackoffExponent,
        Set<Integer> retryableStatuses) {

    /** The same policy with another timeout per attempt. */
    RetryPolicy withAttemptTimeout(Duration timeout) {
        return new RetryPolicy(
                connectTimeout, timeout, minAttemptTime, initialBackoff, maxBackoffExponent, retryableStatuses);
    }

    /** The pause before the given retry, without jitter; the first retry is number 0. */
    public Duration backoff(int retry) {
        return initialBackoff.multipliedBy(1L << Math.min(retry, maxBackoffExponent));
    }
}
