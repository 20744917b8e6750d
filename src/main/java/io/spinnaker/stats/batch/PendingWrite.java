package io.spinnaker.stats.batch;

import io.spinnaker.stats.time.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A queued or sent item and its result. It completes once; later results are ignored. */
public final class PendingWrite<T> {

    private final T item;
    private final int bytes;
    private final Deadline deadline;
    private final long enqueuedAt = System.nanoTime();
    private volatile boolean sent;
    private final CompletableFuture<Void> result = new CompletableFuture<>();

    PendingWrite(T item, int bytes, Deadline deadline) {
        this.item = item;
        this.bytes = bytes;
        this.deadline = deadline;
    }

    public T item() {
        return item;
    }

    public Deadline deadline() {
        return deadline;
    }

    /** Completes the write: the receiver has confirmed the item. */
    public void succeed() {
        result.complete(null);
    }

    /** Fails the write; the receiver may have stored the item all the same. */
    public void fail(WriteFailedException reason) {
        result.completeExceptionally(reason);
    }

    /** The time of {@link System#nanoTime()} at which the item was queued. */
    long enqueuedAt() {
        return enqueuedAt;
    }

    int bytes() {
        return bytes;
    }

    /** Whether a call has taken the item from the queue. */
    boolean isSent() {
        return sent;
    }

    void markSent() {
        sent = true;
    }

    /** Runs an action once the item has completed or failed. */
    void onResult(Runnable action) {
        CompletableFuture<Void> unused = result.whenComplete((nothing, failure) -> action.run());
    }

    boolean isDone() {
        return result.isDone();
    }

    CompletionStage<Void> result() {
        return result;
    }
}
