package faults;

import common.Sockets;
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

/** Clients that never complete a request. To the service, a client whose machine crashed looks like one that stalls. */
final class SlowClients implements HostileClients {

    private static final int SLOW_HEADERS = 200;
    private static final int SLOW_BODIES = 200;
    private static final int STALLED_BODIES = 50;
    private static final int HALF_CLOSED = 50; // they shut down their output but wait for a response
    private static final Duration BYTE_INTERVAL = Duration.ofMillis(500);
    private static final int DECLARED_BYTES = 1_000_000;

    private static final String REQUEST_LINE = "POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    private static final String HEAD =
            REQUEST_LINE + "Content-Type: application/json\r\nContent-Length: " + DECLARED_BYTES + "\r\n\r\n";

    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger closedByService = new AtomicInteger();

    SlowClients(int port) {
        this.port = port;
    }

    @Override
    public void start() throws IOException {
        for (int i = 0; i < SLOW_HEADERS; i++) {
            sendSlowly(connectAndSend(REQUEST_LINE + "X-Slow: "), 'a');
        }
        for (int i = 0; i < SLOW_BODIES; i++) {
            sendSlowly(connectAndSend(HEAD + "{"), ' ');
        }
        for (int i = 0; i < STALLED_BODIES; i++) {
            connectAndSend(HEAD + "{" + " ".repeat(DECLARED_BYTES / 2));
        }
        for (int i = 0; i < HALF_CLOSED; i++) {
            connectAndSend(HEAD + "{").shutdownOutput();
        }
    }

    private Socket connectAndSend(String text) throws IOException {
        Socket connection = Sockets.connect(port, SpinnakerClient.TIMEOUT);
        connections.add(connection);
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return connection;
    }

    private void sendSlowly(Socket connection, char each) {
        threads.submit(() -> {
            try {
                OutputStream out = connection.getOutputStream();
                while (true) { // until either side closes the connection
                    Thread.sleep(BYTE_INTERVAL);
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
        return connections.size() + " slow connections; the service closed " + closedByService
                + " of them while they were sending";
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.forEach(Sockets::reset);
    }
}
