package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.storage.BigQueryStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    void limitsTheBytesOfLargeBodies() throws Exception {
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            for (int i = 0; i < 13; i++) { // 13 MiB are declared, 12 MiB are allowed
                stall(service.port(), MIB - 1);
            }
            Socket rejected = firstWithResponse(); // the order of arrival is not deterministic to say
            assertResponds("HTTP/1.1 429", rejected);
            assertThat(service.post(EVENT).statusCode()).isEqualTo(204);

            Socket taken = sockets.stream()
                    .filter(socket -> !socket.equals(rejected))
                    .findFirst()
                    .orElseThrow();
            taken.getOutputStream().write('}'); // the last byte; the body is not valid JSON
            assertResponds("HTTP/1.1 400", taken);

            Socket next = stall(service.port(), MIB - 1);
            next.getOutputStream().write('}');
            assertResponds("HTTP/1.1 400", next);
        }
    }

    /** Their events are in memory until BigQuery responds, and would fill the memory in flight of all others. */
    @Test
    void countsLargeBodiesOfClientsThatHaveDisconnected() throws Exception {
        String start = EVENT.substring(0, EVENT.length() - 1) + ",\"future\":\"";
        String large = start + "x".repeat(MIB - 3 - start.length()) + '"';
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            bigQuery.delayResponses(2_500);
            for (int i = 0; i < 12; i++) {
                Socket socket = open(service.port(), "Expect: 100-continue\r\nContent-Length: " + MIB);
                assertResponds("HTTP/1.1 100 Continue\r\n\r\n", socket); // so its bytes are counted
                write(socket, large);
            }
            for (Socket socket : sockets) {
                write(socket, " }");
                socket.close();
            }
            for (int i = 0; i < 5; i++) {
                assertResponds("HTTP/1.1 429", open(service.port(), "Content-Length: " + MIB));
            }
        }
    }

    @Test
    void countsAChunkedBodyAsLargeOnlyOnceItHasGrownLarge() throws Exception {
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            for (int i = 0; i < 12; i++) {
                stall(service.port(), MIB - 1);
            }
            Socket small = open(service.port(), "Transfer-Encoding: chunked");
            write(small, "%x\r\n%s\r\n0\r\n\r\n".formatted(EVENT.length(), EVENT));
            assertResponds("HTTP/1.1 204", small);

            Socket large = open(service.port(), "Transfer-Encoding: chunked");
            write(large, "%x\r\n%s".formatted(MIB, " ".repeat(MIB - 1)));
            assertResponds("HTTP/1.1 429", large);
        }
    }

    @Test
    void acceptsThirtyTwoPipelinesOfAThousandStagesAtATime() throws Exception {
        String start = EVENT.substring(0, EVENT.length() - 1) + ",\"future\":\"";
        String longPipeline = start + "x".repeat(190_000 - start.length()) + "\"}";
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            bigQuery.delayResponses(300);
            List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                responses.add(service.postSoon(longPipeline));
            }
            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertThat(response.get(TIMEOUT_MS, TimeUnit.MILLISECONDS).statusCode())
                        .isEqualTo(204);
            }
        }
    }

    /** Sends a request without the last byte of its body. */
    private Socket stall(int port, int bytes) throws IOException {
        Socket socket = open(port, "Content-Length: " + (bytes + 1));
        write(socket, " ".repeat(bytes));
        return socket;
    }

    /** Sends a request without its body. */
    private Socket open(int port, String header) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        write(socket, "POST /log HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
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
