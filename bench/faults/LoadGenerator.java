package faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients that post events until they are stopped. */
final class LoadGenerator implements AutoCloseable {

    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000; // avoids a busy loop while the service is down

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Void> clients;
    private final Supplier<EventGenerator.Event> events;
    private final double intervalNanos;
    private long nextDueAt = System.nanoTime();
    private volatile boolean stopped;

    /** @param eventsPerSecond rate of all connections together; infinite to send as fast as possible */
    LoadGenerator(
            int port,
            int connections,
            double eventsPerSecond,
            Supplier<EventGenerator.Event> events,
            EventLedger ledger) {
        this.events = events;
        this.intervalNanos = 1e9 / eventsPerSecond;
        this.clients = CompletableFuture.allOf(IntStream.range(0, connections)
                .mapToObj(i -> CompletableFuture.runAsync(() -> runClient(port, ledger), threads))
                .toArray(CompletableFuture[]::new));
    }

    private void runClient(int port, EventLedger ledger) {
        try (SpinnakerClient client = new SpinnakerClient(port, ledger)) {
            while (!stopped) {
                long wait = takeDueTime() - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
                if (!stopped && !client.post(events.get())) {
                    LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
                }
            }
        }
    }

    /** Returns when the next event is due. Skips events that no client could send in time, which avoids bursts. */
    private synchronized long takeDueTime() {
        nextDueAt = Math.max(nextDueAt + (long) intervalNanos, System.nanoTime());
        return nextDueAt;
    }

    /** Stops new requests. Returns at once. */
    void stop() {
        stopped = true;
    }

    /** Stops new requests and waits for those in flight. */
    @Override
    public void close() {
        stop();
        threads.close();
        clients.join(); // rethrows the failure of a client
    }
}
