package io.spinnaker.stats.commit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An item on its way. Its fate is decided once; what is said of it later changes nothing. */
public final class Pending<T> {

    private final T item;
    private final int bytes;
    private final Deadline deadline;
    private final long since = System.nanoTime();
    private final CompletableFuture<Void> fate = new CompletableFuture<>();

    Pending(T item, int bytes, Deadline deadline) {
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

    /** It has arrived, and is safe. */
    public void succeed() {
        fate.complete(null);
    }

    /** It has not arrived, as far as is known. */
    public void fail(NotCommittedException reason) {
        fate.completeExceptionally(reason);
    }

    /** When it came, by {@link System#nanoTime()}. */
    long since() {
        return since;
    }

    int bytes() {
        return bytes;
    }

    boolean isDecided() {
        return fate.isDone();
    }

    CompletionStage<Void> fate() {
        return fate;
    }
}
