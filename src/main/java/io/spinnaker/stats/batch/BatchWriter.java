package io.spinnaker.stats.batch;

import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.limits.BatchLimits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    // guarded by lock, down to expiryTimer
    private final Queue<PendingWrite<T>> queue = new ArrayDeque<>();
    private final Set<List<PendingWrite<T>>> inFlight = Collections.newSetFromMap(new IdentityHashMap<>());
    private int pendingItems;
    private long pendingBytes;
    private int activeSenders;
    private boolean lingerScheduled;
    private @Nullable Deadline nextExpiry;
    private long expiryTimer;

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
        synchronized (lock) {
            if (isFull(itemBytes)) {
                return CompletableFuture.failedStage(
                        new WriteFailedException(Cause.OVERLOADED, receiver + " write queue is full"));
            }
            pendingItems++;
            pendingBytes += itemBytes;
            queue.add(pending);
            scheduleExpiry(deadline);
            if (activeSenders > 0) {
                scheduleLinger();
                return pending.result();
            }
            activeSenders++;
        }
        startSender();
        return pending.result();
    }

    /** A single item always fits, however large it is. */
    private boolean isFull(int itemBytes) {
        return pendingItems == limits.maxPendingItems()
                || (pendingItems > 0 && pendingBytes + itemBytes > limits.maxPendingBytes());
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

    private void scheduleLinger() {
        if (!lingerScheduled && activeSenders < limits.maxConcurrentCalls()) {
            lingerScheduled = true;
            vertx.setTimer(LINGER_MS, timer -> onLingerElapsed());
        }
    }

    private void onLingerElapsed() {
        synchronized (lock) {
            lingerScheduled = false;
            PendingWrite<T> first = queue.peek();
            if (first == null || activeSenders == limits.maxConcurrentCalls()) {
                return; // already sent, or sent as soon as a call ends
            }
            if (System.nanoTime() - first.enqueuedAt() < LINGER_MS * 1_000_000 - TIMER_SLACK_NANOS) {
                scheduleLinger();
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
                return batch;
            }
            inFlight.add(batch);
            if (!queue.isEmpty()) {
                scheduleLinger();
            }
            return batch;
        }
    }

    private List<PendingWrite<T>> takeBatch() {
        List<PendingWrite<T>> batch = new ArrayList<>();
        long batchBytes = 0;
        for (PendingWrite<T> next = queue.peek(); next != null; next = queue.peek()) {
            batchBytes += next.bytes();
            if (batch.size() == limits.maxBatchSize() || (!batch.isEmpty() && batchBytes > limits.maxBatchBytes())) {
                break;
            }
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
            inFlight.remove(batch);
            batch.forEach(this::removeFromTotals);
            if (pendingItems == 0) { // a leftover timer would wake a thread long after the only item was written
                nextExpiry = null;
                vertx.cancelTimer(expiryTimer);
            }
        }
    }

    private void removeFromTotals(PendingWrite<T> pending) {
        pendingItems--;
        pendingBytes -= pending.bytes();
    }

    /** Schedules {@link #expireOverdue} unless it is already scheduled early enough, as it usually is. */
    private void scheduleExpiry(Deadline deadline) {
        if (nextExpiry == null || deadline.isBefore(nextExpiry)) {
            nextExpiry = deadline;
            expiryTimer = vertx.setTimer(deadline.remainingMillis() + 1, timer -> expireOverdue(deadline));
        }
    }

    private void expireOverdue(Deadline expiry) {
        List<PendingWrite<T>> overdueInFlight;
        List<PendingWrite<T>> overdueQueued;
        synchronized (lock) {
            if (!expiry.equals(nextExpiry)) {
                return; // an earlier timer has replaced this one
            }
            overdueInFlight = inFlight.stream()
                    .flatMap(List::stream)
                    .filter(pending -> !pending.isDone() && pending.deadline().isExpired())
                    .toList();
            overdueQueued = removeOverdueFromQueue();
            nextExpiry = null;
            earliestDeadline().ifPresent(this::scheduleExpiry);
        }
        overdueInFlight.forEach(pending -> pending.fail(
                new WriteFailedException(Cause.UNAVAILABLE, receiver + " did not confirm the row in time")));
        overdueQueued.forEach(pending ->
                pending.fail(new WriteFailedException(Cause.OVERLOADED, "timed out while queued for " + receiver)));
    }

    private List<PendingWrite<T>> removeOverdueFromQueue() {
        List<PendingWrite<T>> overdue = new ArrayList<>();
        for (Iterator<PendingWrite<T>> queued = queue.iterator(); queued.hasNext(); ) {
            PendingWrite<T> pending = queued.next();
            if (pending.deadline().isExpired()) {
                queued.remove();
                removeFromTotals(pending);
                overdue.add(pending);
            }
        }
        return overdue;
    }

    /** The earliest deadline of all items without a result. */
    private Optional<Deadline> earliestDeadline() {
        return Stream.concat(inFlight.stream().flatMap(List::stream), queue.stream())
                .filter(pending -> !pending.isDone())
                .map(PendingWrite::deadline)
                .reduce(Deadline::min);
    }
}
