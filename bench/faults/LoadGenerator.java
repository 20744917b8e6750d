package faults;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Clients that post events until they are stopped, like Spinnaker: each on a keep-alive connection, one event at a
 * time, with the timeouts of the oldest releases. A client whose connection fails or is refused connects again.
 */
final class LoadGenerator implements AutoCloseable {

    static final int CLIENT_TIMEOUT_MS = 5_000;

    private static final int CONNECT_TIMEOUT_MS = 3_000;
    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000; // avoids a busy loop while the service is down

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Void> clients;
    private final int port;
    private final EventLedger ledger;
    private final double intervalNanos;
    private long nextDueAt = System.nanoTime();
    private volatile boolean stopped;

    /** @param eventsPerSecond rate of all connections together; infinite to send as fast as possible */
    LoadGenerator(
            int port,
            int connections,
            double eventsPerSecond,
            Supplier<EventGenerator.Request> requests,
            EventLedger ledger) {
        this.port = port;
        this.ledger = ledger;
        this.intervalNanos = 1e9 / eventsPerSecond;
        this.clients = CompletableFuture.allOf(
                Stream.generate(() -> CompletableFuture.runAsync(() -> runClient(requests), threads))
                        .limit(connections)
                        .toArray(CompletableFuture[]::new));
    }

    private void runClient(Supplier<EventGenerator.Request> requests) {
        HttpConnection connection = null;
        while (!stopped) {
            LockSupport.parkNanos(takeDueTime() - System.nanoTime());
            if (!stopped) {
                connection = post(requests.get(), connection);
            }
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** Returns when the next event is due. Skips events that no client could send in time, which avoids bursts. */
    private synchronized long takeDueTime() {
        nextDueAt = Math.max(nextDueAt + (long) intervalNanos, System.nanoTime());
        return nextDueAt;
    }

    /** Posts an event and records the outcome. Returns the connection, or null if there is none. */
    private HttpConnection post(EventGenerator.Request request, HttpConnection previous) {
        long startedAt = System.nanoTime();
        long writtenAt = EventLedger.NEVER;
        int status = EventLedger.NO_RESPONSE;
        HttpConnection connection = previous;
        boolean isReused = connection != null && !connection.isClosed();
        long connectedAt = isReused ? connection.openedAt : startedAt;
        try {
            if (!isReused) {
                connection = new HttpConnection(port, CONNECT_TIMEOUT_MS, CLIENT_TIMEOUT_MS);
            }
            connection.write(request.bytes());
            writtenAt = System.nanoTime();
            status = connection.receive();
        } catch (IOException e) {
            if (connection != null) {
                connection.close();
            }
        }
        EventLedger.Request outcome =
                new EventLedger.Request(connectedAt, startedAt, writtenAt, System.nanoTime(), status);
        ledger.recordRequest(request.executionId(), outcome);
        if (status == EventLedger.NO_RESPONSE) {
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
        }
        return connection;
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
