package io.spinnaker.stats.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** A number of bytes that requests share: each acquires what it holds and releases it later. */
final class ByteBudget {

    private final long limit;
    private final AtomicLong acquired = new AtomicLong();

    ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Acquires the bytes if they fit. */
    boolean tryAcquire(long bytes) {
        long before = acquired.get();
        while (before + bytes <= limit) {
            if (acquired.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = acquired.get();
        }
        return false;
    }

    /** Acquires the bytes even if they exceed the limit. */
    void acquire(long bytes) {
        acquired.addAndGet(bytes);
    }

    void release(long bytes) {
        acquired.addAndGet(-bytes);
    }

    boolean isExceeded() {
        return acquired.get() > limit;
    }
}
