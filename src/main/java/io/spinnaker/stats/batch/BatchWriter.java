package io.spinnaker.stats.batch;

import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.limits.BatchLimits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Batches items into few calls. A single item is sent immediately; while calls are in flight, items are queued until a
 * call ends, for at most {@value #LINGER_MS} ms, to form a batch. Every item completes or fails by its own deadline.
 * Items beyond the pending limits are rejected at once.
 */
public final class BatchWriter<T> {

    private static final long LINGER_MS = 1;

    /** A Vert.x timer may fire this much early. */
    private static final long TIMER_SLACK_NANOS = 100_000;

    private final String receiver;
    private final BatchLimits limits;
    private final BatchSender<T> sender;
    private final Vertx vertx;
    private final Executor executor;

    private final Object lock = new Object();
    // guarded by lock, down to lingering
    private final Queue<PendingWrite<T>> queue = new ArrayDeque<>();
    private int pendingItems;
    private long pendingBytes;
    private int activeSenders;
    private boolean lingering;

    /**
     * Creates a writer with its own threads, which are started on demand.
     *
     * @param receiver the name of the remote system in messages and thread names
     */
    public BatchWriter(String receiver, BatchLimits limits, BatchSender<T> sender, Vertx vertx) {
        this.receiver = receiver;
        this.limits = limits;
        this.sender = sender;
        this.vertx = vertx;
        // a cached pool reuses the thread that became idle last, whose caches are warm
        this.executor = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name(receiver + "-", 0).factory());
    }

    /**
     * Queues one item. Returns immediately.
     *
     * @return completes when the receiver has confirmed the item; otherwise fails with {@link WriteFailedException} by
     *     the deadline
     */
    public CompletionStage<Void> add(T item, int itemBytes, Deadline deadline) {
        PendingWrite<T> pending = new PendingWrite<>(item, itemBytes, deadline);
        boolean isFirst;
        synchronized (lock) {
            if (isFull(itemBytes)) {
                return CompletableFuture.failedStage(
                        new WriteFailedException(Cause.OVERLOADED, receiver + " write queue is full"));
            }
            pendingItems++;
            pendingBytes += itemBytes;
            queue.add(pending);
            isFirst = activeSenders == 0;
            if (isFirst) {
                activeSenders++;
            } else {
                linger();
            }
        }
        expireAtDeadline(pending);
        if (isFirst) {
            startSender();
        }
        return pending.result();
    }

    /** A single item always fits, however large it is. */
    private boolean isFull(int itemBytes) {
        return pendingItems == limits.maxPendingItems()
                || (pendingItems > 0 && pendingBytes + itemBytes > limits.maxPendingBytes());
    }

    /** The timer is cancelled with the result; a leftover timer would wake a thread long after the item was written. */
    private void expireAtDeadline(PendingWrite<T> pending) {
        long timer = vertx.setTimer(
                pending.deadline().remainingMillis() + 1, expired -> pending.fail(timeoutFailure(pending)));
        pending.onResult(() -> vertx.cancelTimer(timer));
    }

    private WriteFailedException timeoutFailure(PendingWrite<T> pending) {
        return pending.isSent()
                ? new WriteFailedException(Cause.UNAVAILABLE, receiver + " did not confirm the row in time")
                : new WriteFailedException(Cause.OVERLOADED, "timed out while queued for " + receiver);
    }

    private void startSender() {
        try {
            executor.execute(this::sendQueued);
        } catch (OutOfMemoryError e) { // no thread can be started; queued items expire by their deadlines
            synchronized (lock) {
                activeSenders--;
            }
        }
    }

    /** Starts a further sender for the queue after the linger, unless all calls are in flight. */
    private void linger() {
        if (!lingering && activeSenders < limits.maxConcurrentCalls()) {
            lingering = true;
            vertx.setTimer(LINGER_MS, timer -> onLingerElapsed());
        }
    }

    private void onLingerElapsed() {
        synchronized (lock) {
            lingering = false;
            PendingWrite<T> first = queue.peek();
            if (first == null || activeSenders == limits.maxConcurrentCalls()) {
                return; // already sent, or sent as soon as a call ends
            }
            if (System.nanoTime() - first.enqueuedAt() < LINGER_MS * 1_000_000 - TIMER_SLACK_NANOS) {
                linger();
                return;
            }
            activeSenders++;
        }
        startSender();
    }

    private void sendQueued() {
        for (List<PendingWrite<T>> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
            send(batch);
            release(batch);
        }
    }

    /** Takes the next batch from the queue. An empty batch ends this sender. */
    private List<PendingWrite<T>> nextBatch() {
        synchronized (lock) {
            List<PendingWrite<T>> batch = takeBatch();
            if (batch.isEmpty()) {
                activeSenders--;
            } else if (!queue.isEmpty()) {
                linger();
            }
            return batch;
        }
    }

    private List<PendingWrite<T>> takeBatch() {
        List<PendingWrite<T>> batch = new ArrayList<>();
        long batchBytes = 0;
        for (PendingWrite<T> next = queue.peek(); next != null; next = queue.peek()) {
            if (next.isDone()) { // its deadline has expired
                removeFromTotals(queue.remove());
                continue;
            }
            batchBytes += next.bytes();
            if (batch.size() == limits.maxBatchSize() || (!batch.isEmpty() && batchBytes > limits.maxBatchBytes())) {
                break;
            }
            next.markSent();
            batch.add(queue.remove());
        }
        return batch;
    }

    private void send(List<PendingWrite<T>> batch) {
        WriteFailedException failure;
        try {
            sender.send(batch, latestDeadline(batch));
            failure = new WriteFailedException(Cause.UNAVAILABLE, receiver + " returned no result for the row");
        } catch (WriteFailedException e) {
            failure = e;
        } catch (RuntimeException | Error e) { // its message could quote a row
            failure = new WriteFailedException(
                    Cause.UNAVAILABLE, "unexpected " + e.getClass().getName() + " while writing to " + receiver);
        }
        for (PendingWrite<T> pending : batch) {
            pending.fail(failure);
        }
    }

    private static <T> Deadline latestDeadline(List<PendingWrite<T>> batch) {
        return batch.stream().map(PendingWrite::deadline).reduce(Deadline::max).orElseThrow();
    }

    private void release(List<PendingWrite<T>> batch) {
        synchronized (lock) {
            batch.forEach(this::removeFromTotals);
        }
    }

    private void removeFromTotals(PendingWrite<T> pending) {
        pendingItems--;
        pendingBytes -= pending.bytes();
    }
}
