package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors of the disk, caused without one that is full, which would need root. */
class DuckDbRecoveryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    Path folder;

    /** A folder in the place of DuckDB's log, which every commit writes, fails like a full disk. */
    @Test
    void storesAgainAfterAFailedCommit() throws Exception {
        Row before = Payload.receivedNow();
        Row after = Payload.receivedNow();
        try (DuckDbEngine engine = open()) {
            SqlEngine sqlEngine = engine.newSqlEngine();
            assertThat(insert(engine, before)).succeedsWithin(TIMEOUT);
            assertThat(ids(sqlEngine)).containsExactly(before.id());
            execute("CHECKPOINT"); // the log is deleted
            Files.createDirectory(log());
            assertFails(insert(engine, Payload.receivedNow()), "DuckDB reports TransactionContext Error");
            assertFails(insert(engine, Payload.receivedNow()), "DuckDB reports TransactionContext Error");
            assertThat(ids(sqlEngine)).as("queries work meanwhile").containsExactly(before.id());
            Files.delete(log());
            assertThat(insert(engine, after)).succeedsWithin(TIMEOUT);
            assertThat(ids(sqlEngine)).containsExactlyInAnyOrder(before.id(), after.id());
        }
        try (DuckDbEngine engine = open()) {
            assertThat(ids(engine.newSqlEngine())).containsExactlyInAnyOrder(before.id(), after.id());
        }
    }

    /** After a failed checkpoint, DuckDB rejects every statement until all connections are closed. */
    @Test
    void storesAgainAfterAFailedCheckpoint() throws Exception {
        Row before = Payload.receivedNow();
        Row durable = Payload.receivedNow();
        Row after = Payload.receivedNow();
        try (DuckDbEngine engine = open()) {
            SqlEngine sqlEngine = engine.newSqlEngine();
            assertThat(insert(engine, before)).succeedsWithin(TIMEOUT);
            assertThat(ids(sqlEngine)).containsExactly(before.id());
            execute("SET GLOBAL debug_checkpoint_abort = 'before_header'", "SET GLOBAL checkpoint_threshold = '1B'");
            assertFails(insert(engine, durable), "DuckDB reports FATAL Error");
            assertThat(insert(engine, after)).succeedsWithin(TIMEOUT);
            assertThat(ids(sqlEngine)).contains(before.id(), after.id());
        }
        try (DuckDbEngine engine = open()) {
            assertThat(ids(engine.newSqlEngine())).contains(before.id(), after.id());
        }
    }

    @Test
    void queriesAgainAfterAFailedCheckpoint() throws Exception {
        Row row = Payload.receivedNow();
        try (DuckDbEngine engine = open()) {
            SqlEngine sqlEngine = engine.newSqlEngine();
            assertThat(insert(engine, row)).succeedsWithin(TIMEOUT);
            execute("SET GLOBAL debug_checkpoint_abort = 'before_header'", "SET GLOBAL checkpoint_threshold = '1B'");
            assertFails(insert(engine, Payload.receivedNow()), "DuckDB reports FATAL Error");
            assertThat(ids(sqlEngine)).contains(row.id());
        }
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private DuckDbEngine open() {
        return new DuckDbEngine(DuckDbSettings.file(file()), VERTX);
    }

    private Path file() {
        return folder.resolve("stats.duckdb");
    }

    private Path log() {
        return folder.resolve("stats.duckdb.wal");
    }

    /** Runs statements on a connection that is not the engine's, and closes it. */
    private void execute(String... statements) throws SQLException {
        try (Connection connection =
                        DuckDbEngine.driver().orElseThrow().connect("jdbc:duckdb:" + file(), new Properties());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static CompletableFuture<Void> insert(DuckDbEngine engine, Row row) {
        return engine.rowStore().insert(row, Deadline.after(TIMEOUT)).toCompletableFuture();
    }

    private static void assertFails(CompletableFuture<Void> result, String reason) {
        assertThat(result)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(WriteFailedException.class)
                .withMessage(reason);
    }

    private static List<String> ids(SqlEngine sqlEngine) {
        return StoredRows.latest(sqlEngine, 100).stream()
                .map(row -> Json.parse(row).path("event_id").asText())
                .toList();
    }
}
