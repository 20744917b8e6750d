package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.storage.BigQueryStub;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graceful shutdown as Spinnaker's HTTP client sees it. */
class GracefulShutdownIT {

    private static final int CLIENTS = 8;

    /** Cloud Run ends the process after 10 s. */
    private static final Duration MAX_SHUTDOWN = Duration.ofSeconds(8);

    private static final String EVENT = Case.named("minimal").body();
    private static final RequestBody BODY = RequestBody.create(EVENT, MediaType.get("application/json"));
    private static final String REQUEST =
            "POST /log HTTP/1.1\r\nHost: a\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;

    private final BigQueryStub bigQuery = new BigQueryStub();
    private final OkHttpClient client = new OkHttpClient();

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        bigQuery.start();
    }

    @AfterEach
    void stop() {
        client.connectionPool().evictAll();
        bigQuery.stop();
    }

    /** Behind a balancer that sends no new connection to an instance that ends, as Cloud Run's front end does. */
    @Test
    void noRequestFailsWhileOneOfTwoInstancesEnds() throws Exception {
        try (PackagedService ending = newInstance("ending");
                PackagedService staying = newInstance("staying");
                TcpBalancer balancer = new TcpBalancer(ending.port());
                ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            CountDownLatch connected = new CountDownLatch(CLIENTS);
            List<Future<List<Integer>>> responses = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                responses.add(clients.submit(() -> {
                    post(balancer.port());
                    connected.countDown();
                    return postUntilEnd(ending, balancer.port());
                }));
            }
            assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
            balancer.switchTo(staying.port());
            ending.terminate();

            for (Future<List<Integer>> ofOneClient : responses) {
                assertThat(ofOneClient.get(30, TimeUnit.SECONDS)).isNotEmpty().containsOnly(204);
            }
        }
    }

    @Test
    void servesOpenConnectionsAndRefusesNewOnes() throws Exception {
        try (PackagedService service = newInstance("service");
                RawConnection inFlight = new RawConnection(service.port());
                RawConnection idle = new RawConnection(service.port());
                RawConnection neverUsed = new RawConnection(service.port())) {
            inFlight.send(REQUEST);
            idle.send(REQUEST);
            assertThat(inFlight.readHead()).startsWith("HTTP/1.1 204 ").doesNotContain("close");
            assertThat(idle.readHead()).startsWith("HTTP/1.1 204 ").doesNotContain("close");
            bigQuery.delayResponses(2_500);
            inFlight.send(REQUEST);
            Instant shutdown = Instant.now();
            service.terminate();
            awaitRefusal(service.port());
            idle.send(REQUEST);

            assertThat(idle.readToEnd()).startsWith("HTTP/1.1 204 ").contains("connection: close");
            assertThat(inFlight.readToEnd()).startsWith("HTTP/1.1 204 ");
            assertThat(neverUsed.readToEnd()).isEmpty();
            assertThat(service.endAndReadLog()).anyMatch(line -> line.matches(".*metric=stored count=[0-9]+.*"));
            assertThat(Duration.between(shutdown, Instant.now())).isLessThan(MAX_SHUTDOWN);
        }
    }

    /** Some events wait for the rate, and others are held before they are rejected. */
    @Test
    void respondsToPacedRequestsBeforeItEnds() throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(bigQuery.baseUrl()));
        environment.put("STATS_MAX_EVENTS_PER_SECOND", "1"); // after five at once
        List<RawConnection> connections = new ArrayList<>();
        try (PackagedService service = new PackagedService(folder, environment)) {
            for (int i = 0; i < CLIENTS; i++) {
                connections.add(new RawConnection(service.port()));
                connections.getLast().send(REQUEST);
            }
            List<String> responses = new ArrayList<>();
            for (RawConnection connection : connections) {
                responses.add(connection.readHead());
                connection.send(REQUEST);
            }
            Instant shutdown = Instant.now();
            service.terminate();
            for (RawConnection connection : connections) {
                responses.add(connection.readToEnd());
            }
            assertThat(responses)
                    .allMatch(response -> response.contains("HTTP/1.1 204 ") || response.contains("HTTP/1.1 429 "))
                    .anyMatch(response -> response.contains("HTTP/1.1 204 "))
                    .anyMatch(response -> response.contains("HTTP/1.1 429 "));
            assertThat(service.endAndReadLog())
                    .anyMatch(line -> line.contains("metric=rejected") && line.contains("reason=rate"));
            assertThat(Duration.between(shutdown, Instant.now())).isLessThan(MAX_SHUTDOWN);
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    private static void awaitRefusal(int port) throws IOException {
        Instant end = Instant.now().plus(MAX_SHUTDOWN);
        while (Instant.now().isBefore(end)) {
            try {
                new RawConnection(port).close();
            } catch (ConnectException e) {
                return;
            }
        }
        throw new AssertionError("new connections are accepted");
    }

    private PackagedService newInstance(String name) throws IOException {
        return new PackagedService(
                Files.createDirectory(folder.resolve(name)), PackagedService.onBigQuery(bigQuery.baseUrl()));
    }

    private List<Integer> postUntilEnd(PackagedService ending, int port) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        while (ending.isAlive()) {
            statuses.add(post(port));
        }
        return statuses;
    }

    private int post(int port) throws IOException {
        Request request = new Request.Builder()
                .url("http://127.0.0.1:" + port + "/log")
                .post(BODY)
                .build();
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }
}
