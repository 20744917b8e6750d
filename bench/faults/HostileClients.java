package faults;

import common.HttpConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** Behaviour of a client after it has sent the beginning of a request. */
    @FunctionalInterface
    private interface Rest {

        Rest NOTHING = connection -> {};

        void send(HttpConnection connection) throws IOException, InterruptedException;

        /** Sends pieces until the service responds. */
        static Rest pieces(byte[] piece, int intervalMs) {
            return connection -> {
                while (!connection.hasResponse()) {
                    Thread.sleep(intervalMs);
                    connection.write(piece);
                }
            };
        }
    }

    /** @param repeats whether each client opens a new connection when one has ended */
    private record Kind(String name, int clients, byte[] beginning, Rest rest, boolean repeats) {}

    /** Clients that send slowly or stall. To the service, a client whose machine crashed looks like one that stalls. */
    static HostileClients slow() {
        String head = "Content-Length: 1000000\r\n\r\n{";
        Rest slowLetters = Rest.pieces(HttpConnection.ascii("a"), 500);
        Rest slowSpaces = Rest.pieces(HttpConnection.ascii(" "), 500);
        return new HostileClients(List.of(
                new Kind("slow header", 200, HttpConnection.head("X-Slow: "), slowLetters, false),
                new Kind("slow body", 200, HttpConnection.head(head), slowSpaces, false),
                new Kind("stalled body", 50, HttpConnection.head(head + " ".repeat(500_000)), Rest.NOTHING, false),
                new Kind("half-closed", 50, HttpConnection.head(head), HttpConnection::shutdownOutput, false)));
    }

    /** Clients that never send anything. */
    static HostileClients idle() throws IOException {
        // the hard limit, because Java raises its soft limit to the hard limit and child processes inherit it
        String limit = Files.readString(Path.of("/proc/self/limits"))
                .replaceAll("(?s).*Max open files\\s+\\S+\\s+(\\S+).*", "$1");
        int max = limit.equals("unlimited") ? IDLE : Integer.parseInt(limit) - RESERVED_FILES;
        return new HostileClients(List.of(new Kind("idle", Math.min(IDLE, max), new byte[0], Rest.NOTHING, false)));
    }

    /** Clients that send gzip bombs (100 KB that decompress to 100 MB), bodies of 100 MB, and endless bodies. */
    static HostileClients oversized() throws IOException {
        byte[] piece = HttpConnection.ascii(" ".repeat(65_536));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 1_526; i++) {
                out.write(piece);
            }
        }
        byte[] bombHead = HttpConnection.head("Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
        byte[] chunk = HttpConnection.ascii("10000\r\n" + " ".repeat(65_536) + "\r\n");
        return new HostileClients(List.of(
                new Kind("bomb", 4, bombHead, connection -> connection.write(bomb.toByteArray()), true),
                new Kind(
                        "declared",
                        4,
                        HttpConnection.head("Content-Length: 100000000\r\n\r\n"),
                        Rest.pieces(piece, 10),
                        true),
                new Kind(
                        "endless",
                        4,
                        HttpConnection.head("Transfer-Encoding: chunked\r\n\r\n"),
                        Rest.pieces(chunk, 10),
                        true)));
    }

    private final List<Kind> kinds;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    private final AtomicInteger serverErrors = new AtomicInteger();

    private HostileClients(List<Kind> kinds) {
        this.kinds = kinds;
    }

    /** Opens the connections. Returns once all are open. */
    void start(int port) throws IOException {
        for (Kind kind : kinds) {
            for (int i = 0; i < kind.clients; i++) {
                HttpConnection first = connect(port, kind);
                if (kind.beginning.length > 0) { // the others need no thread
                    threads.submit(() -> run(port, kind, first));
                }
            }
        }
    }

    private HttpConnection connect(int port, Kind kind) throws IOException {
        HttpConnection connection = new HttpConnection(port, TIMEOUT_MS, TIMEOUT_MS);
        connections.add(connection);
        connection.write(kind.beginning);
        return connection;
    }

    private Void run(int port, Kind kind, HttpConnection first) throws IOException, InterruptedException {
        HttpConnection connection = first;
        while (true) {
            int status = 0;
            try (HttpConnection closing = connection) {
                kind.rest.send(closing);
                status = closing.receive();
            } catch (IOException closed) {
                // the service closed the connection without a response
            }
            connections.remove(connection);
            outcomes.merge(kind.name + " " + (status == 0 ? "closed" : status), 1, Integer::sum);
            serverErrors.addAndGet(status / 500);
            if (!kind.repeats) {
                return null;
            }
            Thread.sleep(PAUSE_MS);
            connection = connect(port, kind);
        }
    }

    /** Returns the number of responses with a 5xx status. */
    int serverErrors() {
        return serverErrors.get();
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
