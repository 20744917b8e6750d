import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that never get to the end of what they say; one whose machine is gone looks the same as one that stalls. */
final class SlowClients implements Nuisance {

    private static final int DRIPPING_HEADERS = 200;
    private static final int DRIPPING_BODIES = 200;
    private static final int STALLED_BODIES = 50;
    private static final int HALF_CLOSED = 50; // who say that there is no more, but wait for an answer
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(500);
    private static final int DECLARED_BYTES = 1_000_000;

    private static final String LINE = "POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    private static final String HEAD =
            LINE + "Content-Type: application/json\r\nContent-Length: " + DECLARED_BYTES + "\r\n\r\n";

    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger closedByService = new AtomicInteger();

    SlowClients(int port) {
        this.port = port;
    }

    @Override
    public void begin() throws IOException {
        for (int i = 0; i < DRIPPING_HEADERS; i++) {
            drip(say(LINE + "X-Slow: "), 'a');
        }
        for (int i = 0; i < DRIPPING_BODIES; i++) {
            drip(say(HEAD + "{"), ' ');
        }
        for (int i = 0; i < STALLED_BODIES; i++) {
            say(HEAD + "{" + " ".repeat(DECLARED_BYTES / 2));
        }
        for (int i = 0; i < HALF_CLOSED; i++) {
            say(HEAD + "{").shutdownOutput();
        }
    }

    private Socket say(String beginning) throws IOException {
        Socket connection = Sockets.connect(port);
        connections.add(connection);
        connection.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        return connection;
    }

    private void drip(Socket connection, char each) {
        threads.submit(() -> {
            try {
                OutputStream out = connection.getOutputStream();
                while (true) { // until a side closes it
                    Thread.sleep(BETWEEN_BYTES);
                    out.write(each);
                }
            } catch (IOException closed) {
                closedByService.incrementAndGet();
                return null;
            }
        });
    }

    @Override
    public String describe() {
        return connections.size() + " slow connections, of which the service closed " + closedByService
                + " while they dripped";
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.forEach(Sockets::reset);
    }
}
