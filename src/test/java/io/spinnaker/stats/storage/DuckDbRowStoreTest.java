package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbRowStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-22T20:15:30.123456789Z");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    Path folder;

    @Test
    void keepsRowsOverARestart() throws Exception {
        Row row = row("first");
        try (DuckDbEngine engine = open()) {
            insert(engine, row);
        }
        try (DuckDbEngine engine = open()) {
            assertThat(latest(engine, 10)).hasSize(1);
            JsonNode stored = Json.parse(latest(engine, 10).getFirst());
            assertThat(stored.path("event_id").asText()).isEqualTo(row.id());
            assertThat(stored.path("received_at").asText()).startsWith("2026-11-22 20:15:30.123456");
            assertThat(stored.path("content_hash")).isEqualTo(columns(row).path("content_hash"));
        }
    }

    @Test
    void storesEveryPayloadAsSent() throws Exception {
        try (DuckDbEngine engine = open()) {
            for (Payload payload : Payload.all()) {
                Row row = Row.of(new EventReader().read(payload.body()), Instant.now());
                insert(engine, row);
                assertThat(Json.eventColumns(Json.parse(latest(engine, 1).getFirst())))
                        .as(payload.toString())
                        .isEqualTo(Json.eventColumns(columns(row)));
            }
        }
    }

    @Test
    void readsTheNewestRowsFirst() throws Exception {
        try (DuckDbEngine engine = open()) {
            insert(engine, row("older"));
            insert(engine, row("newer", NOW.plusMillis(1)));
            assertThat(latest(engine, 2).stream().map(Json::parse).map(DuckDbRowStoreTest::version))
                    .containsExactly("newer", "older");
        }
    }

    @Test
    void namesAnUnusableFile() {
        Path file = folder.resolve("no-such-folder/stats.duckdb");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new DuckDbEngine(DuckDbSettings.file(file), VERTX))
                .withMessageContaining("stats.storage.duckdb.path")
                .withMessageContaining(file.toString());
    }

    @Test
    void storesConcurrentRows() throws Exception {
        try (DuckDbEngine engine = open()) {
            List<CompletableFuture<Void>> inserts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                inserts.add(engine.rowStore()
                        .insert(row("version " + i), Deadline.after(TIMEOUT))
                        .toCompletableFuture());
            }
            inserts.forEach(CompletableFuture::join);
            assertThat(latest(engine, 2_000).stream().map(Json::parse).map(DuckDbRowStoreTest::version))
                    .hasSize(1_000)
                    .doesNotHaveDuplicates();
        }
    }

    /** No client waits for such a row, but others would wait for it to be written. */
    @Test
    void leavesOutRowsWhoseDeadlineHasExpired() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch expired = new CountDownLatch(1);
        Row loaded = row("loaded");
        try (DuckDbEngine engine = open()) {
            CompletableFuture<Void> busy = CompletableFuture.runAsync(() -> loader(engine)
                    .replace("b", Stream.of(loaded).peek(row -> {
                        writing.countDown();
                        awaitLatch(expired);
                    })));
            awaitLatch(writing);
            CompletableFuture<Void> result = engine.rowStore()
                    .insert(row("expired"), Deadline.after(Duration.ofMillis(50)))
                    .toCompletableFuture();
            assertThat(result).failsWithin(TIMEOUT);
            expired.countDown();
            assertThat(busy).succeedsWithin(TIMEOUT);
            insert(engine, row("in time"));
            assertThat(latest(engine, 10).stream().map(Json::parse).map(DuckDbRowStoreTest::version))
                    .containsExactlyInAnyOrder("loaded", "in time");
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void replacesOnlyTheRowsOfMatchingInstances() throws Exception {
        try (DuckDbEngine engine = open()) {
            insert(engine, row("kept")); // its id is all a
            List<Row> many = new ArrayList<>();
            for (int i = 0; i < 1_001; i++) {
                many.add(row("b".repeat(64), "new " + i, NOW));
            }
            assertThat(loader(engine).replace("b", Stream.of(row("b".repeat(64), "old", NOW))))
                    .isEqualTo(1);
            assertThat(loader(engine).replace("b", many.stream())).isEqualTo(1_001);
            assertThat(latest(engine, 2_000).stream().map(Json::parse).map(DuckDbRowStoreTest::version))
                    .hasSize(1_002)
                    .contains("kept", "new 0", "new 1000")
                    .doesNotContain("old");
        }
    }

    @Test
    void replacesAllOrNothing() throws Exception {
        try (DuckDbEngine engine = open()) {
            insert(engine, row("kept"));
            Stream<Row> broken = IntStream.range(0, 1_001).mapToObj(i -> {
                if (i == 1_000) {
                    throw new IllegalArgumentException("the last one cannot be made");
                }
                return Payload.receivedNow();
            });
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> loader(engine).replace("", broken));
            assertThat(latest(engine, 2_000).stream().map(Json::parse).map(DuckDbRowStoreTest::version))
                    .containsExactly("kept");
        }
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private static void insert(DuckDbEngine engine, Row row) {
        engine.rowStore()
                .insert(row, Deadline.after(TIMEOUT))
                .toCompletableFuture()
                .join();
    }

    private static List<String> latest(DuckDbEngine engine, int limit) {
        return StoredRows.latest(engine.newSqlEngine(), limit);
    }

    private static BulkLoader loader(DuckDbEngine engine) {
        return engine.bulkLoader().orElseThrow();
    }

    private DuckDbEngine open() {
        return new DuckDbEngine(DuckDbSettings.file(folder.resolve("stats.duckdb")), VERTX);
    }

    private static Row row(String version) throws Exception {
        return row(version, NOW);
    }

    private static Row row(String version, Instant receivedAt) throws Exception {
        return row("a".repeat(64), version, receivedAt);
    }

    private static Row row(String id, String version, Instant receivedAt) throws Exception {
        String event = """
                {"spinnakerInstance": {"id": "%1$s", "version": "%2$s"}, "application": {"id": "%1$s"}}
                """.formatted(id, version);
        return Row.of(new EventReader().read(event.getBytes(StandardCharsets.UTF_8)), receivedAt);
    }

    private static JsonNode columns(Row row) {
        return Json.parse(new String(row.json(), StandardCharsets.UTF_8));
    }

    private static String version(JsonNode row) {
        return row.at("/spinnaker_instance/version").asText();
    }
}
