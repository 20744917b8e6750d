import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** Clients that send more than any event has, over and over: compressed, declared, and without an end. */
final class OversizedBodies implements Nuisance {

    private static final int CLIENTS_OF_EACH = 4;
    private static final int DECLARED_BYTES = 100_000_000;
    private static final int PIECE_BYTES = 65_536;
    private static final Duration BETWEEN_PIECES =
            Duration.ofMillis(10); // or they take the processor from the good ones
    private static final String HEAD = "POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

    private static final byte[] PIECE = " ".repeat(PIECE_BYTES).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNK =
            ascii(Integer.toHexString(PIECE_BYTES) + "\r\n" + " ".repeat(PIECE_BYTES) + "\r\n");

    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();

    OversizedBodies(int port) {
        this.port = port;
    }

    @Override
    public void begin() throws IOException {
        byte[] bomb = bomb();
        for (int i = 0; i < CLIENTS_OF_EACH; i++) {
            repeat("bomb", HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n", bomb, 1);
            repeat(
                    "declared",
                    HEAD + "Content-Length: " + DECLARED_BYTES + "\r\n\r\n",
                    PIECE,
                    DECLARED_BYTES / PIECE_BYTES);
            repeat("endless", HEAD + "Transfer-Encoding: chunked\r\n\r\n", CHUNK, Integer.MAX_VALUE);
        }
    }

    /** A hundred kilobytes that become a hundred megabytes. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            for (int written = 0; written < DECLARED_BYTES; written += PIECE_BYTES) {
                out.write(PIECE);
            }
        }
        return compressed.toByteArray();
    }

    private void repeat(String kind, String head, byte[] piece, int pieces) {
        threads.submit(() -> {
            while (!threads.isShutdown()) {
                outcomes.merge(kind + " " + send(ascii(head), piece, pieces), 1, Integer::sum);
                Thread.sleep(BETWEEN_PIECES);
            }
            return null;
        });
    }

    /** Sends until it is answered, and returns how; what a client sends after that is its own loss. */
    private String send(byte[] head, byte[] piece, int pieces) throws InterruptedException {
        try (Socket connection = Sockets.connect(port)) {
            connections.add(connection);
            connection.setSoTimeout(Connection.PATIENCE_MS);
            InputStream answers = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            out.write(head);
            for (int sent = 0; sent < pieces && answers.available() == 0; sent++) {
                out.write(piece);
                Thread.sleep(BETWEEN_PIECES);
            }
            Message answer = Message.read(answers);
            return answer == null ? "closed" : String.valueOf(answer.status());
        } catch (IOException e) {
            return "closed";
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String describe() {
        return "answers to what was oversized, and how many: " + new TreeMap<>(outcomes);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.forEach(Sockets::reset);
    }
}
