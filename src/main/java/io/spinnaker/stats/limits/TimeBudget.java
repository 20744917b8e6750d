package io.spinnaker.stats.limits;

import java.time.Duration;

/**
 * How long one request may take, measured from the arrival of its last byte.
 *
 * @param storage the time after which storage has failed, retries included
 * @param response the time after which the response is sent; what is left of it after {@code storage} belongs to the
 *     dead-letter queue
 */
public record TimeBudget(Duration storage, Duration response) {

    /** Time that remains for the dead-letter queue after storage has used its part. */
    public Duration deadLetterReserve() {
        return response.minus(storage);
    }
}
