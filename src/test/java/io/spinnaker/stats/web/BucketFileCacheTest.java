package io.spinnaker.stats.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.limits.DownloadLimits;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.publish.StorageStub;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cached files of the bucket, also while it is unreachable. */
class BucketFileCacheTest {

    private static final String NAME = "versions.json";
    private static final String OBJECT = "data/versions.json";

    private final Vertx vertx = Vertx.vertx();
    private final StorageStub storage = new StorageStub();

    @AfterEach
    void close() {
        storage.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void readsAFileOnceForConcurrentRequests() throws Exception {
        storage.put(OBJECT, "{}");
        ChartFileSource files = files(Duration.ofMinutes(1));
        for (int reader = 0; reader < 3; reader++) {
            assertThat(text(files)).isEqualTo("{}");
        }
        assertThat(storage.read()).containsExactly(OBJECT);
    }

    @Test
    void refreshesAnExpiredCopy() throws Exception {
        storage.put(OBJECT, "{}");
        ChartFileSource files = files(Duration.ZERO);
        assertThat(text(files)).isEqualTo("{}");
        storage.put(OBJECT, "{\"new\": 1}");
        assertThat(text(files)).isEqualTo("{\"new\": 1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 302})
    void servesTheCachedCopyWhileTheBucketIsUnreachable(int status) throws Exception {
        storage.put(OBJECT, "{}");
        ChartFileSource files = files(Duration.ZERO);
        assertThat(text(files)).isEqualTo("{}");
        storage.fail(status, 0);
        assertThat(text(files)).isEqualTo("{}");
    }

    @Test
    void failsWithoutACachedCopy() {
        storage.fail(503, 0);
        ChartFileSource files = files(Duration.ZERO);
        assertThatIOException().isThrownBy(() -> files.find(NAME)).withMessage("cannot read the public bucket");
    }

    /** The stub is another server, without HTTPS. */
    @Test
    void sendsNoTokenToAnotherServer() throws Exception {
        storage.put(OBJECT, "{}");
        assertThat(text(files(Duration.ZERO))).isEqualTo("{}");
        assertThat(storage.authorizations()).isEmpty();
    }

    @Test
    void waitsBeforeRetryingAnUnreachableBucket() {
        storage.fail(503, 0);
        ChartFileSource files = new BucketFileCache(bucket(), authorization(), new LogMetrics(vertx));
        for (int reader = 0; reader < 3; reader++) {
            assertThatIOException().isThrownBy(() -> files.find(NAME));
        }
        assertThat(storage.read()).hasSize(1);
    }

    @Test
    void timesOutOnASilentBucket() {
        storage.hang(new CountDownLatch(1));
        ChartFileSource files = files(Duration.ZERO);
        assertThatIOException().isThrownBy(() -> files.find(NAME));
    }

    @Test
    void servesTheOldCopyDuringARefresh() throws Exception {
        storage.put(OBJECT, "old");
        ChartFileSource files = files(Duration.ZERO);
        assertThat(text(files)).isEqualTo("old");

        CountDownLatch gate = new CountDownLatch(1);
        storage.hang(gate);
        storage.put(OBJECT, "new");
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> text(files));
        while (storage.read().size() < 2) {
            Thread.onSpinWait();
        }
        assertThat(text(files)).isEqualTo("old");
        gate.countDown();
        assertThat(first.join()).isEqualTo("new");
    }

    @Test
    void findsNoMissingFile() throws Exception {
        ChartFileSource files = files(Duration.ZERO);
        assertThat(files.find(NAME)).isEmpty();
        storage.put(OBJECT, "{}");
        assertThat(text(files)).isEqualTo("{}");
        storage.remove(OBJECT); // somebody took it away, and meant it
        assertThat(files.find(NAME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.json",
                "versions",
                "versions.xml",
                "2026-11-22/versions.json",
                "../versions.json",
                "",
                "a b"
            })
    void requestsKnownFilesOnly(String name) throws Exception {
        storage.put("data/" + name, "secret");
        assertThat(files(Duration.ZERO).find(name)).isEmpty();
        assertThat(storage.read()).isEmpty();
    }

    @Test
    void rejectsOversizedFile() {
        storage.put(OBJECT, "x".repeat(Limits.DOWNLOADS.maxFileBytes() + 1));
        assertThatIOException().isThrownBy(() -> files(Duration.ZERO).find(NAME));
    }

    @Test
    void servesAFileWithItsMediaTypeAndETag() throws Exception {
        List<String> types = Stream.of("versions.json", "versions.csv", "index.json")
                .peek(name -> storage.put("data/" + name, ""))
                .map(name -> find(files(Duration.ZERO), name).contentType())
                .toList();
        assertThat(types).containsExactly("application/json", "text/csv; charset=utf-8", "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats-public", "gs://stats-public", "/data", "ftp://example.org"})
    void rejectsInvalidBaseUrl(String url) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new BucketFileCache(URI.create(url), authorization(), new LogMetrics(vertx)))
                .withMessageStartingWith("stats.web.data-url is not a base URL");
    }

    /** A cache with the given freshness, which retries immediately after a failure. */
    private ChartFileSource files(Duration fresh) {
        DownloadLimits limits = Limits.DOWNLOADS;
        return new BucketFileCache(
                bucket(),
                authorization(),
                new LogMetrics(vertx),
                new DownloadLimits(
                        limits.maxOutgoingBytes(),
                        limits.maxFileBytes(),
                        fresh,
                        Duration.ZERO,
                        limits.connectTimeout(),
                        limits.readTimeout(),
                        limits.downloadTimeout()));
    }

    private static BucketAuthorization authorization() {
        return new BucketAuthorization(() -> GoogleCredentials.create(
                new AccessToken("secret", Date.from(Instant.now().plusSeconds(3_600)))));
    }

    private URI bucket() {
        return URI.create(storage.baseUrl() + "/" + StorageStub.BUCKET);
    }

    private static String text(ChartFileSource files) {
        return new String(find(files, NAME).plain(), StandardCharsets.UTF_8);
    }

    private static CachedFile find(ChartFileSource files, String name) {
        try {
            return files.find(name).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
