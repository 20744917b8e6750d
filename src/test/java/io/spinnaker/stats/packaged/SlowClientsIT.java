package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.storage.BigQueryStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slow and large bodies do not keep other clients out. */
class SlowClientsIT {

    private static final String EVENT = Case.named("minimal").body();
    private static final int MIB = 1 << 20;
    private static final int TIMEOUT_MS = 30_000;

    private final BigQueryStub bigQuery = new BigQueryStub();
    private final List<Socket> sockets = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        bigQuery.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        bigQuery.stop();
    }

    @Test
    void closesTheLargestBodiesAboveTheMemoryLimitAndSlowOnesAfterTheTimeout() throws Exception {
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            Socket small = stall(service.port(), 1_000);
            for (int i = 0; i < 200; i++) { // 20 MB, none of them large
                stall(service.port(), 99_998);
            }
            assertIsClosed(sockets.get(1));
            assertThat(service.post(EVENT).statusCode()).isEqualTo(204);
            assertIsOpen(small);

            assertIsClosed(small);
            assertThat(service.endAndReadLog())
                    .anyMatch(line -> line.matches(".*metric=connection_closed count=[0-9]+ reason=memory.*"))
                    .anyMatch(line -> line.matches(".*metric=connection_closed count=[0-9]+ reason=timeout.*"));
        }
    }

    @Test
    void limitsConcurrentLargeBodies() throws Exception {
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            for (int i = 0; i < 17; i++) {
                stall(service.port(), MIB - 1);
            }
            Socket rejected = firstWithResponse(); // the order of arrival is not deterministic to say
            assertResponds("HTTP/1.1 503", rejected);
            assertThat(service.post(EVENT).statusCode()).isEqualTo(204);

            Socket taken = sockets.stream()
                    .filter(socket -> !socket.equals(rejected))
                    .findFirst()
                    .orElseThrow();
            taken.getOutputStream().write('}'); // the last byte; the body is not valid JSON
            assertResponds("HTTP/1.1 400", taken);
            assertIsOpen(stall(service.port(), MIB - 1));
        }
    }

    /** Sends a request without the last byte of its body. */
    private Socket stall(int port, int bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        String head = "POST /log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + (bytes + 1) + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(" ".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private Socket firstWithResponse() throws IOException {
        Instant end = Instant.now().plusMillis(TIMEOUT_MS);
        while (Instant.now().isBefore(end)) {
            for (Socket socket : sockets) {
                if (socket.getInputStream().available() > 0) {
                    return socket;
                }
            }
        }
        throw new AssertionError("no response");
    }

    private static void assertResponds(String start, Socket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MS);
        assertThat(new String(socket.getInputStream().readNBytes(start.length()), StandardCharsets.US_ASCII))
                .isEqualTo(start);
    }

    private static void assertIsClosed(Socket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MS);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    private static void assertIsOpen(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            assertThat(socket.getInputStream().read()).as("closed").isNotEqualTo(-1);
        } catch (SocketTimeoutException e) {
            // nothing to read, as it should be
        }
    }
}
