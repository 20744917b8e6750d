import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Clients that post events until they are stopped. */
final class Load implements AutoCloseable {

    private static final long PAUSE_AFTER_FAILURE_NANOS = 10_000_000; // or a service that is down is asked all the time

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletableFuture<Void> clients;
    private final Supplier<Events.Event> events;
    private final double nanosBetween;
    private long nextAt = System.nanoTime();
    private volatile boolean stopped;

    /** @param perSecond of all connections together; infinite for as fast as they can */
    Load(int port, int connections, double perSecond, Supplier<Events.Event> events, Tally tally) {
        this.events = events;
        this.nanosBetween = 1e9 / perSecond;
        this.clients = CompletableFuture.allOf(IntStream.range(0, connections)
                .mapToObj(i -> CompletableFuture.runAsync(() -> work(port, tally), threads))
                .toArray(CompletableFuture[]::new));
    }

    private void work(int port, Tally tally) {
        try (Connection connection = new Connection(port, tally)) {
            while (!stopped) {
                long wait = turn() - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
                if (!stopped && !connection.post(events.get())) {
                    LockSupport.parkNanos(PAUSE_AFTER_FAILURE_NANOS);
                }
            }
        }
    }

    /** When the next post is due. Posts that no connection was free for are left out, not made up for in a burst. */
    private synchronized long turn() {
        nextAt = Math.max(nextAt + (long) nanosBetween, System.nanoTime());
        return nextAt;
    }

    /** No new posts from now on. */
    void stop() {
        stopped = true;
    }

    /** Stops, and waits until nothing is in flight. */
    @Override
    public void close() {
        stop();
        threads.close();
        clients.join(); // throws what went wrong in one
    }
}
