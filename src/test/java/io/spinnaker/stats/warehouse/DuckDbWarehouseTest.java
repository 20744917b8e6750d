package io.spinnaker.stats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbWarehouseTest {

    private static final Instant NOW = Instant.parse("2026-11-22T20:15:30.123456789Z");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    Path folder;

    @Test
    void keepsRowsOverARestart() throws Exception {
        Row row = row("first");
        try (DuckDbWarehouse warehouse = open()) {
            insert(warehouse, row);
        }
        try (DuckDbWarehouse warehouse = open()) {
            assertThat(warehouse.latest(10)).hasSize(1);
            JsonNode stored = Json.parse(warehouse.latest(10).getFirst());
            assertThat(stored.path("event_id").asText()).isEqualTo(row.id());
            assertThat(stored.path("received_at").asText()).startsWith("2026-11-22 20:15:30.123456");
            assertThat(stored.path("content_hash")).isEqualTo(columns(row).path("content_hash"));
        }
    }

    @Test
    void storesEveryPayloadAsItIs() throws Exception {
        try (DuckDbWarehouse warehouse = open()) {
            for (Payload payload : Payload.all()) {
                Row row = Row.of(new EventReader().read(payload.body()), Instant.now());
                insert(warehouse, row);
                assertThat(Json.eventColumns(Json.parse(warehouse.latest(1).getFirst())))
                        .as(payload.toString())
                        .isEqualTo(Json.eventColumns(columns(row)));
            }
        }
    }

    @Test
    void showsTheNewestFirst() throws Exception {
        try (DuckDbWarehouse warehouse = open()) {
            insert(warehouse, row("older"));
            insert(warehouse, row("newer", NOW.plusMillis(1)));
            assertThat(warehouse.latest(2).stream().map(Json::parse).map(DuckDbWarehouseTest::version))
                    .containsExactly("newer", "older");
        }
    }

    @Test
    void saysWhichFileItCannotUse() {
        Path file = folder.resolve("no-such-folder/stats.duckdb");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new DuckDbWarehouse(file::toString, VERTX))
                .withMessageContaining("stats.warehouse.duckdb.path")
                .withMessageContaining(file.toString());
    }

    @Test
    void storesRowsThatComeTogether() throws Exception {
        try (DuckDbWarehouse warehouse = open()) {
            List<CompletableFuture<Void>> inserts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                inserts.add(warehouse
                        .insert(row("version " + i), Deadline.in(PATIENCE))
                        .toCompletableFuture());
            }
            inserts.forEach(CompletableFuture::join);
            assertThat(warehouse.latest(2_000).stream().map(Json::parse).map(DuckDbWarehouseTest::version))
                    .hasSize(1_000)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void replacesTheRowsOfSomeInstancesAlone() throws Exception {
        try (DuckDbWarehouse warehouse = open()) {
            insert(warehouse, row("kept")); // its id is all a
            List<Row> many = new ArrayList<>();
            for (int i = 0; i < 1_001; i++) {
                many.add(row("b".repeat(64), "new " + i, NOW));
            }
            assertThat(warehouse.replace("b", Stream.of(row("b".repeat(64), "old", NOW))))
                    .isEqualTo(1);
            assertThat(warehouse.replace("b", many.stream())).isEqualTo(1_001);
            assertThat(warehouse.latest(2_000).stream().map(Json::parse).map(DuckDbWarehouseTest::version))
                    .hasSize(1_002)
                    .contains("kept", "new 0", "new 1000")
                    .doesNotContain("old");
        }
    }

    @Test
    void replacesAllOrNothing() throws Exception {
        try (DuckDbWarehouse warehouse = open()) {
            insert(warehouse, row("kept"));
            Stream<Row> broken = IntStream.range(0, 1_001).mapToObj(i -> {
                if (i == 1_000) {
                    throw new IllegalArgumentException("the last one cannot be made");
                }
                return Payload.receivedNow();
            });
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> warehouse.replace("", broken));
            assertThat(warehouse.latest(2_000).stream().map(Json::parse).map(DuckDbWarehouseTest::version))
                    .containsExactly("kept");
        }
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private static void insert(Warehouse warehouse, Row row) {
        warehouse.insert(row, Deadline.in(PATIENCE)).toCompletableFuture().join();
    }

    private DuckDbWarehouse open() {
        return new DuckDbWarehouse(folder.resolve("stats.duckdb")::toString, VERTX);
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
