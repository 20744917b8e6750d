package io.spinnaker.stats.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.ingest.PacedFloodTest.Paced;
import io.spinnaker.stats.storage.BigQueryStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floods of a service whose rate is limited. */
@QuarkusTest
@TestProfile(Paced.class)
@WithTestResource(BigQueryStub.class)
class PacedFloodTest {

    private static final int RATE = 20;

    /** Tokens of 5 s, saved in a full bucket, and of the 1.5 s for which requests wait. */
    private static final int BURST = 130;

    private static final Duration MAX_WAIT = Duration.ofMillis(1_500);
    private static final String EVENT = Case.named("minimal").body();

    private static final Executor THREADS = Thread::startVirtualThread;

    private final HttpClient client =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init") // BigQueryStub injects itself
    BigQueryStub bigQuery;

    /** The setting under test. */
    public static final class Paced implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stats.max-events-per-second", String.valueOf(RATE));
        }
    }

    /** A response and how long it took. */
    private record Timed(HttpResponse<String> response, Duration time) {

        int status() {
            return response.statusCode();
        }
    }

    @BeforeEach
    void forgetEarlierRows() {
        bigQuery.takeEveryRow();
    }

    @AfterEach
    void close() {
        client.close();
    }

    /** The flood has few clients at a time, so that waiting requests do not fill 1.5 s; Cloud Run limits them, too. */
    @Test
    void storesEveryEventOfAnHonestClientDuringAFlood() {
        Instant start = Instant.now();
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Integer>> flood = IntStream.range(0, 8)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> acknowledgedUntil(isOver), THREADS))
                .toList();
        List<Timed> honest = responses(IntStream.range(0, 30)
                .mapToObj(fifth -> CompletableFuture.supplyAsync(
                        () -> send("POST", "/log"),
                        CompletableFuture.delayedExecutor(200L * fifth, TimeUnit.MILLISECONDS, THREADS))));
        isOver.set(true);
        int acknowledged =
                honest.size() + flood.stream().mapToInt(CompletableFuture::join).sum();

        assertThat(honest).map(Timed::status).containsOnly(204);
        assertThat((double) acknowledged).isLessThan(1.2 * allowedSince(start));
        assertThat(bigQuery.newRows()).hasSize(acknowledged);
    }

    @Test
    void holdsAndRejectsEventsBeyondTheRateAndStoresTheOthers() {
        Instant start = Instant.now();
        List<Timed> responses = sendAtOnce("POST", "/log");
        List<Timed> rejected =
                responses.stream().filter(each -> each.status() == 429).toList();
        int acknowledged = responses.size() - rejected.size();

        assertThat(responses).map(Timed::status).containsOnly(204, 429);
        assertThat((double) acknowledged).isLessThan(1.2 * allowedSince(start));
        assertThat(bigQuery.newRows()).hasSize(acknowledged);
        assertThat(rejected).allSatisfy(each -> {
            assertThat(each.time()).isGreaterThan(MAX_WAIT.dividedBy(2));
            assertThat(each.response().headers().firstValue("Retry-After")).isEmpty();
            assertThat(each.response().body()).contains("Too many requests.");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /icon.svg",
        "HEAD, /icon.svg",
        "GET, /data/none.json",
        "POST, /other",
        "PUT, /log",
        "POST, /log;a=b"
    })
    void pacesEveryOtherRequestToo(String method, String path) {
        Instant start = Instant.now();
        List<Timed> responses = sendAtOnce(method, path);
        long accepted = responses.stream().filter(each -> each.status() != 429).count();
        assertThat((double) accepted).isPositive().isLessThan(1.2 * allowedSince(start));
        assertThat(responses).map(Timed::status).contains(429);
    }

    /** The number of cheapest requests that the rate allows from a time until now. */
    private static double allowedSince(Instant start) {
        return BURST + RATE * Duration.between(start, Instant.now()).toMillis() / 1e3;
    }

    private List<Timed> sendAtOnce(String method, String path) {
        return responses(IntStream.range(0, 400)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> send(method, path), THREADS)));
    }

    private static List<Timed> responses(Stream<CompletableFuture<Timed>> requests) {
        return requests.toList().stream().map(CompletableFuture::join).toList();
    }

    private int acknowledgedUntil(AtomicBoolean isOver) {
        int acknowledged = 0;
        while (!isOver.get()) {
            acknowledged += send("POST", "/log").status() == 204 ? 1 : 0;
        }
        return acknowledged;
    }

    private Timed send(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .method(method, method.startsWith("P") ? BodyPublishers.ofString(EVENT) : BodyPublishers.noBody())
                .setHeader("Content-Type", "application/json")
                .build();
        Instant start = Instant.now();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Timed(response, Duration.between(start, Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
