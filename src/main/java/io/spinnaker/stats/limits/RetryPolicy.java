package io.spinnaker.stats.limits;

import java.time.Duration;
import java.util.Set;

/**
 * When and how often a call to a Google API is repeated, within the caller's deadline.
 *
 * @param connectTimeout timeout of a connection attempt
 * @param attemptTimeout timeout of one attempt; less if the deadline is earlier
 * @param minAttemptTime a retry with less remaining time than this is not started
 * @param initialBackoff longest pause before the first retry; it doubles with each further one
 * @param maxBackoff longest pause before any retry
 * @param retryableStatuses HTTP statuses after which a retry can succeed
 */
public record RetryPolicy(
        Duration connectTimeout,
        Duration attemptTimeout,
        Duration minAttemptTime,
        Duration initialBackoff,
        Duration maxBackoff,
        Set<Integer> retryableStatuses) {}
