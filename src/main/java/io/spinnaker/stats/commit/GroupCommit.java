package io.spinnaker.stats.commit;

import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Sends items in groups, without making a lone one wait: when no call is under way, an item goes out at once; else it
 * waits until one ends, for {@value #LINGER_MS} ms at most, and takes along who has come meanwhile. Each item gets its
 * own fate, by its own deadline. What is held is bounded; what does not fit is told so at once.
 */
public final class GroupCommit<T> {

    private static final long LINGER_MS = 1;

    /** A timer may come that much early. */
    private static final long TIMER_SLACK_NANOS = 100_000;

    private final String receiver;
    private final Limits limits;
    private final Call<T> call;
    private final Vertx vertx;
    private final Executor threads;

    private final Object lock = new Object();
    // all of these: guarded by lock
    private final Queue<Pending<T>> waiting = new ArrayDeque<>();
    private final Set<List<Pending<T>>> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
    private int items;
    private long bytes;
    private int senders;
    private boolean lingers;
    private @Nullable Deadline watched;
    private long timer;

    /**
     * How much at a time.
     *
     * @param calls at most under way
     * @param itemsPerCall at most in one call
     * @param bytesPerCall at most in one call, of items alone
     * @param items held at most, waiting and under way
     * @param bytes held at most, waiting and under way
     */
    public record Limits(int calls, int itemsPerCall, int bytesPerCall, int items, int bytes) {}

    /** Sends a group; blocks until that has ended. */
    @FunctionalInterface
    public interface Call<T> {

        /**
         * Decides the fate of each, none of them later than by returning. It may throw instead: that is the fate of all
         * that have none yet.
         *
         * @param latest the latest deadline in the group: after it, nobody waits
         */
        void send(List<Pending<T>> group, Deadline latest);
    }

    /**
     * A group commit with threads of its own, made when they are needed.
     *
     * @param receiver who gets the items, as messages and names of threads call it
     */
    public GroupCommit(String receiver, Limits limits, Call<T> call, Vertx vertx) {
        this.receiver = receiver;
        this.limits = limits;
        this.call = call;
        this.vertx = vertx;
        // a pool that hands over to the thread that was idle last: the one that is warm
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name(receiver + "-", 0).factory());
    }

    /**
     * Takes one item. Returns at once.
     *
     * @return completes when the item has arrived; fails with {@link NotCommittedException} otherwise, by the deadline
     */
    public CompletionStage<Void> add(T item, int itemBytes, Deadline deadline) {
        Pending<T> pending = new Pending<>(item, itemBytes, deadline);
        synchronized (lock) {
            // one item has room always, or a large one would never have
            if (items == limits.items || (items > 0 && bytes + itemBytes > limits.bytes)) {
                return CompletableFuture.failedStage(
                        new NotCommittedException(Why.NOT_NOW, "too many rows wait for " + receiver));
            }
            items++;
            bytes += itemBytes;
            waiting.add(pending);
            watch(deadline);
            if (senders > 0) {
                linger();
                return pending.fate();
            }
            senders++;
        }
        startSender();
        return pending.fate();
    }

    private void startSender() {
        try {
            threads.execute(this::sendWaiting);
        } catch (OutOfMemoryError e) { // of threads: who waits is given up in time
            synchronized (lock) {
                senders--;
            }
        }
    }

    private void linger() {
        if (!lingers && senders < limits.calls) {
            lingers = true;
            vertx.setTimer(LINGER_MS, timer -> lingered());
        }
    }

    private void lingered() {
        synchronized (lock) {
            lingers = false;
            Pending<T> first = waiting.peek();
            if (first == null || senders == limits.calls) {
                return; // somebody has taken it, or takes it as soon as a call ends
            }
            if (System.nanoTime() - first.since() < LINGER_MS * 1_000_000 - TIMER_SLACK_NANOS) {
                linger();
                return;
            }
            senders++;
        }
        startSender();
    }

    private void sendWaiting() {
        for (List<Pending<T>> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
            send(group);
            release(group);
        }
    }

    /** Empty when nothing waits: then this sender has ended. */
    private List<Pending<T>> nextGroup() {
        synchronized (lock) {
            List<Pending<T>> group = new ArrayList<>();
            long groupBytes = 0;
            for (Pending<T> next = waiting.peek(); next != null; next = waiting.peek()) {
                groupBytes += next.bytes();
                if (group.size() == limits.itemsPerCall || (!group.isEmpty() && groupBytes > limits.bytesPerCall)) {
                    break;
                }
                group.add(waiting.remove());
            }
            if (group.isEmpty()) {
                senders--;
                return group;
            }
            underWay.add(group);
            if (!waiting.isEmpty()) {
                linger(); // more than one call takes
            }
            return group;
        }
    }

    private void send(List<Pending<T>> group) {
        NotCommittedException fate;
        try {
            call.send(group, latestDeadline(group));
            fate = new NotCommittedException(Why.UNAVAILABLE, receiver + " did not say what became of the row");
        } catch (NotCommittedException e) {
            fate = e;
        } catch (RuntimeException | Error e) { // what it says could quote a row
            fate = new NotCommittedException(
                    Why.UNAVAILABLE, "unexpected " + e.getClass().getName() + " on the way to " + receiver);
        }
        for (Pending<T> pending : group) {
            pending.fail(fate);
        }
    }

    private static <T> Deadline latestDeadline(List<Pending<T>> group) {
        return group.stream().map(Pending::deadline).reduce(Deadline::orLater).orElseThrow();
    }

    private void release(List<Pending<T>> group) {
        synchronized (lock) {
            underWay.remove(group);
            group.forEach(this::forget);
            if (items == 0) { // or a lone item would have a thread woken for nothing, long after it has arrived
                watched = null;
                vertx.cancelTimer(timer);
            }
        }
    }

    private void forget(Pending<T> pending) {
        items--;
        bytes -= pending.bytes();
    }

    /**
     * Sees to it that {@link #giveUpOnLate} is called then. Mostly it is already: who comes later has a later deadline.
     */
    private void watch(Deadline deadline) {
        if (watched == null || deadline.isBefore(watched)) {
            watched = deadline;
            timer = vertx.setTimer(deadline.millisLeft() + 1, fired -> giveUpOnLate(deadline));
        }
    }

    private void giveUpOnLate(Deadline reached) {
        List<Pending<T>> lateInLine = new ArrayList<>();
        List<Pending<T>> lateUnderWay = new ArrayList<>();
        synchronized (lock) {
            if (!reached.equals(watched)) {
                return; // another timer has taken its place
            }
            watched = null;
            Deadline earliest = null;
            for (List<Pending<T>> group : underWay) {
                for (Pending<T> pending : group) {
                    if (pending.isDecided()) {
                        continue;
                    }
                    if (pending.deadline().isOver()) {
                        lateUnderWay.add(pending);
                    } else {
                        earliest = pending.deadline().orEarlier(earliest);
                    }
                }
            }
            for (Iterator<Pending<T>> line = waiting.iterator(); line.hasNext(); ) {
                Pending<T> pending = line.next();
                if (pending.deadline().isOver()) {
                    line.remove();
                    forget(pending);
                    lateInLine.add(pending);
                } else {
                    earliest = pending.deadline().orEarlier(earliest);
                }
            }
            if (earliest != null) {
                watch(earliest);
            }
        }
        lateUnderWay.forEach(pending -> pending.fail(
                new NotCommittedException(Why.UNAVAILABLE, receiver + " did not confirm the row in time")));
        lateInLine.forEach(pending -> pending.fail(
                new NotCommittedException(Why.NOT_NOW, "the row's turn for " + receiver + " did not come in time")));
    }
}
