package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbMaintenanceTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    Path folder;

    @Test
    void isNotNeededWithoutRetentionAndBackup() {
        try (DuckDbEngine engine = open(settings())) {
            assertThat(engine.maintenance()).isEmpty();
        }
    }

    @Test
    void deletesTheEventsBeforeADay() throws Exception {
        try (DuckDbEngine engine = open(settings().withRetentionDays(30))) {
            for (String time : List.of("2025-01-01T00:00:00Z", "2026-11-20T12:00:00Z", "2026-11-21T23:59:59.999999Z")) {
                insert(engine, Instant.parse(time));
            }
            Row kept = insert(engine, Instant.parse("2026-11-22T00:00:00Z"));
            maintenance(engine).deleteBefore(DAY);
            assertThat(ids(engine)).containsExactly(kept.id());
            maintenance(engine).deleteBefore(DAY);
            assertThat(ids(engine)).containsExactly(kept.id());
        }
    }

    /** Roll-ups have rows of single instances, charts do not. */
    @Test
    void deletesRollUpsButNotTheNumbersOfCharts() {
        try (DuckDbEngine engine = open(settings().withRetentionDays(30))) {
            SqlEngine sqlEngine = engine.newSqlEngine();
            for (LocalDate day : List.of(DAY.minusDays(1), DAY)) {
                sqlEngine.replace(
                        DerivedTable.ROLLUP_STATE,
                        "FALSE",
                        "SELECT DATE '%s' AS day, 1 AS events, 1 AS events_hash".formatted(day));
                sqlEngine.replace(
                        DerivedTable.DAILY_APPLICATIONS,
                        "FALSE",
                        "SELECT DATE '%s' AS day, 'a' AS instance, 'b' AS application, 1 AS executions".formatted(day));
            }
            sqlEngine.replace(
                    DerivedTable.CHART_POINTS,
                    "FALSE",
                    "SELECT 'versions' AS chart, DATE '2020-01-01' AS period, '1.36' AS label, 10 AS instances,"
                            + " 6 AS regular, NULL AS failing, NULL AS share");
            maintenance(engine).deleteBefore(DAY);
            assertThat(sqlEngine.query("SELECT day FROM rollup_state")).hasSize(1);
            assertThat(sqlEngine.query("SELECT day FROM daily_applications")).hasSize(1);
            assertThat(sqlEngine.query("SELECT period FROM chart_points")).hasSize(1);
        }
    }

    @Test
    void writesABackupThatOpensWhileTheDatabaseIsInUse() throws Exception {
        Path backup = folder.resolve("it's a backup.duckdb");
        try (DuckDbEngine engine = open(settings().withBackup(backup))) {
            Row first = insert(engine, Instant.now());
            maintenance(engine).backUp();
            assertThat(idsInBackup(backup)).containsExactly(first.id());
            Row second = insert(engine, Instant.now());
            maintenance(engine).backUp();
            assertThat(idsInBackup(backup)).containsExactlyInAnyOrder(first.id(), second.id());
            assertThat(files()).containsExactlyInAnyOrder("stats.duckdb", "stats.duckdb.wal", "it's a backup.duckdb");
        }
    }

    /** Rows that are written meanwhile are in the backup or not, but no row waits for it. */
    @Test
    void storesRowsDuringABackup() throws Exception {
        Path backup = folder.resolve("backup.duckdb");
        try (DuckDbEngine engine = open(settings().withBackup(backup))) {
            engine.bulkLoader()
                    .orElseThrow()
                    .replace("", Stream.generate(Payload::receivedNow).limit(5_000));
            Maintenance maintenance = maintenance(engine);
            CompletableFuture<Void> copying = CompletableFuture.runAsync(maintenance::backUp);
            int stored = 0;
            do {
                insert(engine, Instant.now());
                stored++;
            } while (!copying.isDone());
            assertThat(copying).succeedsWithin(TIMEOUT);
            assertThat(idsInBackup(backup)).hasSizeBetween(5_000, 5_000 + stored);
        }
    }

    @Test
    void keepsTheLastBackupIfTheNextOneFails() throws Exception {
        Path backup = folder.resolve("backup.duckdb");
        try (DuckDbEngine engine = open(settings().withBackup(backup))) {
            Row row = insert(engine, Instant.now());
            maintenance(engine).backUp();
            Path obstacle = Files.createDirectory(folder.resolve("backup.duckdb.partial"));
            Files.createFile(obstacle.resolve("file"));
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(maintenance(engine)::backUp)
                    .withMessage("DuckDB reports IO Error");
            assertThat(idsInBackup(backup)).containsExactly(row.id());
            assertThat(ids(engine)).containsExactly(row.id());
        }
    }

    /** A partial copy on a full disk would keep every row out until the next attempt. */
    @Test
    void deletesThePartialBackupIfTheCopyFails() throws Exception {
        try (DuckDbEngine engine = open(settings().withBackup(folder.resolve("backup.duckdb")))) {
            Row row = insert(engine, Instant.now());
            execute("SET GLOBAL debug_checkpoint_abort = 'before_header'");
            assertThatExceptionOfType(QueryFailedException.class).isThrownBy(maintenance(engine)::backUp);
            execute("SET GLOBAL debug_checkpoint_abort = 'none'");
            assertThat(files()).containsExactlyInAnyOrder("stats.duckdb", "stats.duckdb.wal");
            maintenance(engine).backUp();
            assertThat(idsInBackup(folder.resolve("backup.duckdb"))).containsExactly(row.id());
        }
    }

    @Test
    void rejectsARetentionOfNoDay() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(settings().withRetentionDays(0)))
                .withMessage("stats.storage.duckdb.retention-days is out of range; expected 1 or more");
    }

    @Test
    void rejectsABackupInPlaceOfTheDatabase() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(settings().withBackup(folder.resolve("./stats.duckdb"))))
                .withMessageStartingWith("stats.storage.duckdb.backup-path cannot be written; expected ");
    }

    /** The copy would replace the file that DuckDB has open, and every later row would be lost at the next restart. */
    @Test
    void rejectsABackupInPlaceOfTheDatabaseBehindALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(settings().withBackup(link.resolve("stats.duckdb"))))
                .withMessageStartingWith("stats.storage.duckdb.backup-path cannot be written; expected ");
    }

    @Test
    void rejectsAFolderAsABackup() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(settings().withBackup(folder)))
                .withMessageStartingWith("stats.storage.duckdb.backup-path cannot be written; expected ");
    }

    @Test
    void rejectsABackupInAFolderThatDoesNotExist() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> open(settings().withBackup(folder.resolve("no-such-folder/backup.duckdb"))))
                .withMessageStartingWith("stats.storage.duckdb.backup-path cannot be written; expected ");
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private DuckDbSettings settings() {
        return DuckDbSettings.file(folder.resolve("stats.duckdb"));
    }

    private static DuckDbEngine open(DuckDbSettings settings) {
        return new DuckDbEngine(settings, VERTX);
    }

    private static Maintenance maintenance(DuckDbEngine engine) {
        return engine.maintenance().orElseThrow();
    }

    private static Row insert(DuckDbEngine engine, Instant receivedAt) throws Exception {
        Row row = Row.of(new EventReader().read(Payload.all().getFirst().body()), receivedAt);
        engine.rowStore()
                .insert(row, Deadline.after(TIMEOUT))
                .toCompletableFuture()
                .join();
        return row;
    }

    /** Runs a statement on a connection that is not the engine's. */
    private void execute(String sql) throws SQLException {
        try (Connection connection = DuckDbEngine.driver()
                        .orElseThrow()
                        .connect("jdbc:duckdb:" + settings().path(), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> idsInBackup(Path backup) {
        try (DuckDbEngine engine = open(DuckDbSettings.file(backup))) {
            return ids(engine);
        }
    }

    private static List<String> ids(DuckDbEngine engine) {
        return StoredRows.latest(engine.newSqlEngine(), 100_000).stream()
                .map(row -> Json.parse(row).path("event_id").asText())
                .toList();
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
