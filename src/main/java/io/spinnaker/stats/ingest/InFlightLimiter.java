package io.spinnaker.stats.ingest;

import io.spinnaker.stats.limits.Limits;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Limits the memory of requests in flight: RESTEasy holds each body until the response has been sent. */
@Singleton
final class InFlightLimiter {

    private final AtomicLong acquired = new AtomicLong();

    /** Acquires a permit for a body of the given size; false if it would exceed the limit. */
    boolean tryAcquire(int bytes) {
        if (acquired.addAndGet(bytes) > Limits.REQUESTS.maxInFlightBytes()) {
            release(bytes);
            return false;
        }
        return true;
    }

    void release(int bytes) {
        acquired.addAndGet(-bytes);
    }
}
