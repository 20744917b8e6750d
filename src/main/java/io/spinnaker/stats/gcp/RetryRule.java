package io.spinnaker.stats.gcp;

import com.google.api.client.http.HttpResponseException;
import com.google.api.core.NanoClock;
import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.ExponentialRetryAlgorithm;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.retrying.TimedAttemptSettings;
import io.spinnaker.stats.limits.RetryPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether Google's libraries retry a call: after a retryable status, an exceeded rate limit, a broken connection, a
 * timeout, or without an access token; as long as the deadline leaves time for an attempt. The HTTP client itself replaces a
 * rejected token.
 */
final class RetryRule extends BasicResultRetryAlgorithm<Object> {

    /** BigQuery's reason for a 403 that is not about permissions. */
    private static final String RATE_LIMIT = "rateLimitExceeded";

    /** Longer than any deadline, by which each call ends. */
    private static final Duration NO_TOTAL_TIMEOUT = Duration.ofHours(1);

    private final RetryPolicy policy;
    private final RetrySettings settings;
    private final ExponentialRetryAlgorithm backoff;

    RetryRule(RetryPolicy policy) {
        this.policy = policy;
        this.settings = RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(policy.initialBackoff())
                .setRetryDelayMultiplier(2)
                .setMaxRetryDelayDuration(policy.maxBackoff())
                .setTotalTimeoutDuration(NO_TOTAL_TIMEOUT)
                .build();
        this.backoff = new ExponentialRetryAlgorithm(settings, NanoClock.getDefaultClock());
    }

    /** The pauses between attempts: exponential, each at random between zero and its length. */
    RetrySettings settings() {
        return settings;
    }

    @Override
    public boolean shouldRetry(@Nullable Throwable failure, @Nullable Object response) {
        return failure != null && isRetryable(failure) && !spareTime().isNegative();
    }

    /** A pause that leaves time for the attempt. */
    @Override
    public TimedAttemptSettings createNextAttempt(
            @Nullable Throwable failure, @Nullable Object response, TimedAttemptSettings previous) {
        TimedAttemptSettings next = backoff.createNextAttempt(previous);
        Duration spareTime = spareTime();
        return next.getRandomizedRetryDelayDuration().compareTo(spareTime) <= 0
                ? next
                : next.toBuilder().setRandomizedRetryDelayDuration(spareTime).build();
    }

    /** The time until the last moment for an attempt; at most the longest pause. */
    private Duration spareTime() {
        return ApiCall.remainingTime(policy.maxBackoff().plus(policy.minAttemptTime()))
                .minus(policy.minAttemptTime());
    }

    private boolean isRetryable(Throwable failure) {
        if (failure instanceof HttpResponseException response) {
            return policy.retryableStatuses().contains(response.getStatusCode())
                    || (response.getStatusCode() == 403
                            && ApiException.reason(response).equals(RATE_LIMIT));
        }
        return failure instanceof NoResponseException;
    }
}
