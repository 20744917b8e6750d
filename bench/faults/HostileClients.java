package faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** Connections that must not affect regular clients. */
final class HostileClients implements AutoCloseable {

    private static final int TIMEOUT_MS = 60_000;
    private static final int PAUSE_MS = 10; // leaves CPU for regular clients
    private static final int IDLE = 10_000;

    /** Open files that this process and the service need for other things. Both have the same limit. */
    private static final int RESERVED_FILES = 1_000;

    /** The course of a connection until the service responds. */
    @FunctionalInterface
    private interface Client {

        void send(HttpConnection connection) throws IOException, InterruptedException;

        /** Sends the beginning of a request and then pieces until the service responds. */
        static Client inPieces(byte[] beginning, byte[] piece, int intervalMs) {
            return connection -> {
                connection.write(beginning);
                while (!connection.hasResponse()) {
                    Thread.sleep(intervalMs);
                    connection.write(piece);
                }
            };
        }
    }

    /** Starts clients. Returns once all are connected. */
    @FunctionalInterface
    interface Factory {
        HostileClients start(int port) throws IOException;
    }

    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    final AtomicInteger serverErrors = new AtomicInteger(); // responses with a 5xx status

    private HostileClients(int port) {
        this.port = port;
    }

    /** Clients that send slowly or stall. To the service, a client whose machine crashed looks like one that stalls. */
    static HostileClients slow(int port) throws IOException {
        byte[] head = HttpConnection.head("Content-Length: 1000000\r\n\r\n{");
        byte[] letter = HttpConnection.ascii("a");
        byte[] half = HttpConnection.ascii(" ".repeat(500_000));
        HostileClients slow = new HostileClients(port);
        slow.start("slow header", 200, false, Client.inPieces(HttpConnection.head("X-Slow: "), letter, 500));
        slow.start("slow body", 200, false, Client.inPieces(head, HttpConnection.ascii(" "), 500));
        slow.start("stalled body", 50, false, connection -> {
            connection.write(head);
            connection.write(half);
        });
        slow.start("half-closed", 50, false, connection -> {
            connection.write(head);
            connection.shutdownOutput();
        });
        return slow;
    }

    /** Clients that never send anything. */
    static HostileClients idle(int port) throws IOException {
        // the hard limit, because Java raises its soft limit to the hard limit and child processes inherit it
        String limit = Files.readString(Path.of("/proc/self/limits"))
                .replaceAll("(?s).*Max open files\\s+\\S+\\s+(\\S+).*", "$1");
        int max = limit.equals("unlimited") ? IDLE : Integer.parseInt(limit) - RESERVED_FILES;
        HostileClients idle = new HostileClients(port);
        idle.start("idle", Math.min(IDLE, max), false, connection -> {});
        return idle;
    }

    /** Clients that send gzip bombs (100 KB that decompress to 100 MB), bodies of 100 MB, and endless bodies. */
    static HostileClients oversized(int port) throws IOException {
        byte[] piece = HttpConnection.ascii(" ".repeat(65_536));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 1_526; i++) {
                out.write(piece);
            }
        }
        String bombHeaders = "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n";
        byte[] bombRequest = HttpConnection.request(bombHeaders, bomb.toByteArray(), "");
        byte[] declared = HttpConnection.head("Content-Length: 100000000\r\n\r\n");
        byte[] endless = HttpConnection.head("Transfer-Encoding: chunked\r\n\r\n");
        byte[] chunk = HttpConnection.ascii("10000\r\n" + " ".repeat(65_536) + "\r\n");
        HostileClients oversized = new HostileClients(port);
        oversized.start("bomb", 4, true, connection -> connection.write(bombRequest));
        oversized.start("declared", 4, true, Client.inPieces(declared, piece, 10));
        oversized.start("endless", 4, true, Client.inPieces(endless, chunk, 10));
        return oversized;
    }

    /** @param repeats whether each client opens a new connection when one has ended */
    private void start(String name, int clients, boolean repeats, Client client) throws IOException {
        for (int i = 0; i < clients; i++) {
            HttpConnection first = connect(); // so that all are open soon
            threads.submit(() -> {
                run(name, client, first);
                while (repeats) {
                    Thread.sleep(PAUSE_MS);
                    run(name, client, connect());
                }
                return null;
            });
        }
    }

    private HttpConnection connect() throws IOException {
        HttpConnection connection = new HttpConnection(port, TIMEOUT_MS, TIMEOUT_MS);
        connections.add(connection);
        return connection;
    }

    private void run(String name, Client client, HttpConnection connection) throws InterruptedException {
        String outcome = "closed";
        try (connection) {
            client.send(connection);
            int status = connection.receive();
            serverErrors.addAndGet(status / 500);
            outcome = String.valueOf(status);
        } catch (IOException closed) {
            // the service closed the connection without a response
        }
        connections.remove(connection);
        outcomes.merge(name + " " + outcome, 1, Integer::sum);
    }

    /** Returns how many connections are open, and the statuses with which the service ended others. */
    @Override
    public String toString() {
        return connections.size() + " connections are open, others ended: " + outcomes;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.forEach(HttpConnection::reset);
    }
}
