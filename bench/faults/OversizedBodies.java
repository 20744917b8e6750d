package faults;

import common.HttpMessage;
import common.Sockets;
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

/** Clients that repeatedly send oversized bodies: gzip bombs, bodies with a large Content-Length, endless bodies. */
final class OversizedBodies implements HostileClients {

    private static final int CLIENTS_PER_KIND = 4;
    private static final int DECLARED_BYTES = 100_000_000;
    private static final int PIECE_BYTES = 65_536;
    private static final Duration PAUSE = Duration.ofMillis(10); // leaves CPU for regular clients
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
    public void start() throws IOException {
        byte[] bomb = gzipBomb();
        for (int i = 0; i < CLIENTS_PER_KIND; i++) {
            repeat("bomb", HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n", bomb, 1);
            repeat(
                    "declared",
                    HEAD + "Content-Length: " + DECLARED_BYTES + "\r\n\r\n",
                    PIECE,
                    DECLARED_BYTES / PIECE_BYTES);
            repeat("endless", HEAD + "Transfer-Encoding: chunked\r\n\r\n", CHUNK, Integer.MAX_VALUE);
        }
    }

    /** Returns 100 KB that decompress to 100 MB. */
    private static byte[] gzipBomb() throws IOException {
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
                Thread.sleep(PAUSE);
            }
            return null;
        });
    }

    /** Sends until the service responds. Returns the status, or "closed" if the connection ended without a response. */
    private String send(byte[] head, byte[] piece, int pieces) throws InterruptedException {
        try (Socket connection = Sockets.connect(port, SpinnakerClient.TIMEOUT)) {
            connections.add(connection);
            connection.setSoTimeout((int) SpinnakerClient.TIMEOUT.toMillis());
            InputStream responses = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            out.write(head);
            for (int sent = 0; sent < pieces && responses.available() == 0; sent++) {
                out.write(piece);
                Thread.sleep(PAUSE);
            }
            HttpMessage response = HttpMessage.read(responses);
            return response == null ? "closed" : String.valueOf(response.status());
        } catch (IOException e) {
            return "closed";
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String describe() {
        return "responses to oversized bodies, with their number: " + new TreeMap<>(outcomes);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.forEach(Sockets::reset);
    }
}
