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
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that this version did not make: it adds what is missing, or says why it does not start. */
class DuckDbUpgradeTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    Path folder;

    /** Columns, fields of structs and fields inside the list of stages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "execution",
                "spinnaker_instance.environment",
                "spinnaker_instance.deployment_method",
                "spinnaker_instance.deployment_method.version",
                "execution.stages",
                "execution.stages.element.status",
                "execution.stages.element.cloud_provider",
                "execution.stages.element.cloud_provider.variant"
            })
    void addsWhatAnEarlierVersionDidNotHave(String path) throws Exception {
        Row first = row();
        Row second = row();
        try (DuckDbEngine engine = open()) {
            insert(engine, first);
        }
        execute("ALTER TABLE events DROP COLUMN " + path);
        try (DuckDbEngine engine = open()) {
            insert(engine, second);
            assertThat(StoredRows.latest(engine.newSqlEngine(), 10)).hasSize(2).anySatisfy(json -> {
                JsonNode stored = Json.parse(json);
                assertThat(stored.path("event_id").asText()).isEqualTo(second.id());
                assertThat(Json.eventColumns(stored))
                        .isEqualTo(Json.eventColumns(Json.parse(new String(second.json(), StandardCharsets.UTF_8))));
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE events ALTER content_hash TYPE BIGINT USING 0 | column \"content_hash\" has the type BIGINT; expected VARCHAR",
                "ALTER TABLE events DROP COLUMN content_hash | content_hash",
                "ALTER TABLE events ALTER application TYPE VARCHAR USING '' | application",
                "ALTER TABLE events ALTER execution TYPE STRUCT(stages VARCHAR) USING NULL | stages",
                "ALTER TABLE events ALTER execution SET NOT NULL | column execution is required",
                "ALTER TABLE events ADD COLUMN region VARCHAR; ALTER TABLE events ALTER region SET NOT NULL | column region is required"
            })
    void rejectsATableThatDoesNotFit(String change, String reason) throws Exception {
        open().close();
        execute(change);
        String columns = columns();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::open)
                .withMessageStartingWith("stats.storage.duckdb.path: DuckDB cannot use " + file() + ": ")
                .withMessageContaining(reason)
                .withMessageEndingWith("; run the version that wrote the file, or set another path");
        assertThat(columns()).as("nothing was added").isEqualTo(columns);
    }

    @Test
    void ignoresColumnsOfALaterVersion() throws Exception {
        open().close();
        execute(
                "ALTER TABLE events ADD COLUMN region VARCHAR",
                "ALTER TABLE events ADD COLUMN execution.stages.element.region VARCHAR");
        try (DuckDbEngine engine = open()) {
            insert(engine, row());
            assertThat(StoredRows.latest(engine.newSqlEngine(), 10)).hasSize(1);
        }
    }

    /** They are computed again, which needs all of them to be empty. */
    @Test
    void emptiesAllRollUpsIfOneDoesNotFit() throws Exception {
        fillDerivedTables();
        execute("ALTER TABLE daily_stages DROP COLUMN provider");
        try (DuckDbEngine engine = open()) {
            SqlEngine sqlEngine = engine.newSqlEngine();
            assertThat(sqlEngine.query("SELECT provider FROM daily_stages")).isEmpty();
            assertThat(sqlEngine.query("SELECT day FROM rollup_state")).isEmpty();
            assertThat(sqlEngine.query("SELECT chart FROM chart_points")).hasSize(1);
        }
    }

    /** The numbers of past months can be older than the events that are still there. */
    @Test
    void keepsPublishedNumbersIfAColumnIsAdded() throws Exception {
        fillDerivedTables();
        execute("ALTER TABLE chart_points DROP COLUMN share");
        try (DuckDbEngine engine = open()) {
            SqlEngine sqlEngine = engine.newSqlEngine();
            assertThat(sqlEngine.query("SELECT label FROM chart_points WHERE share IS NULL"))
                    .hasSize(1);
            assertThat(sqlEngine.query("SELECT day FROM rollup_state")).hasSize(1);
        }
    }

    /** A second drawing of old months would show what was deleted since the first. */
    @Test
    void keepsPublishedNumbersThatDoNotFit() throws Exception {
        fillDerivedTables();
        execute("ALTER TABLE chart_points DROP COLUMN instances");
        try (DuckDbEngine engine = open()) {
            assertThatExceptionOfType(QueryFailedException.class)
                    .isThrownBy(() -> engine.newSqlEngine().query("SELECT label FROM chart_points"));
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet labels = statement.executeQuery("SELECT label FROM chart_points")) {
            assertThat(labels.next()).isTrue();
        }
    }

    @Test
    void dropsPublishedSumsOfTheFirstVersions() throws Exception {
        open().close();
        execute(
                "CREATE TABLE chart_points (chart VARCHAR NOT NULL, count BIGINT NOT NULL)",
                "CREATE TABLE chart_watermarks (chart VARCHAR)");
        try (DuckDbEngine engine = open()) {
            assertThat(engine.newSqlEngine().query("SELECT instances FROM chart_points"))
                    .isEmpty();
        }
    }

    /** Nothing can compute an owner's exclusions or the salts again. */
    @Test
    void keepsExclusionsAndSaltsInAnyCase() throws Exception {
        fillDerivedTables();
        execute(
                "INSERT INTO salts VALUES ('cell-key', 'secret')",
                "INSERT INTO excluded VALUES (NULL, 'deploy', DATE '2026-10-01', NULL, 'a test')",
                "ALTER TABLE rollup_state DROP COLUMN events",
                "ALTER TABLE excluded DROP COLUMN last_day");
        try (DuckDbEngine engine = open()) {
            SqlEngine sqlEngine = engine.newSqlEngine();
            assertThat(sqlEngine.query("SELECT salt FROM salts")).hasSize(1);
            assertThat(sqlEngine.query("SELECT label FROM excluded WHERE last_day IS NULL"))
                    .hasSize(1);
        }
    }

    private void fillDerivedTables() throws SQLException {
        try (DuckDbEngine engine = open()) {
            engine.newSqlEngine().query("SELECT 1");
        }
        execute(
                "INSERT INTO rollup_state VALUES (DATE '2026-11-22', 1, 1)",
                "INSERT INTO chart_points BY NAME SELECT 'versions' AS chart, DATE '2026-10-01' AS period, '1.36' AS label,"
                        + " 10 AS instances, 6 AS regular, NULL AS failing, NULL AS share",
                "INSERT INTO drawn_periods VALUES ('versions', DATE '2026-10-01', 15, 31, 31)");
    }

    @Test
    void namesAFileThatIsNotADatabase() throws Exception {
        Files.writeString(file(), "text");
        assertRejected("it is not a valid DuckDB database file!; restore a backup, or set another path");
    }

    @Test
    void namesADamagedFile() throws Exception {
        open().close();
        byte[] content = Files.readAllBytes(file());
        content[5_000] ^= 1;
        Files.write(file(), content);
        assertRejected("; restore a backup, or set another path");
    }

    @Test
    void namesAFolder() throws Exception {
        Files.createDirectory(file());
        assertRejected("Is a directory; set another path");
    }

    @Test
    void namesAFileThatAnotherProcessHasOpen() throws Exception {
        Process holder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = holder.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open");
            assertRejected("; stop the other process, or set another path");
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    /** Keeps the file open until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            DuckDbEngine engine = new DuckDbEngine(DuckDbSettings.file(Path.of(arguments[0])), VERTX);
            System.out.println("open");
            Thread.currentThread().join();
            engine.close();
        }
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private void assertRejected(String end) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::open)
                .withMessageStartingWith("stats.storage.duckdb.path: DuckDB cannot use " + file() + ": ")
                .withMessageEndingWith(end);
    }

    private DuckDbEngine open() {
        return new DuckDbEngine(DuckDbSettings.file(file()), VERTX);
    }

    private Path file() {
        return folder.resolve("stats.duckdb");
    }

    private static Row row() throws Exception {
        Payload payload = Payload.all().getLast();
        return Row.of(new EventReader().read(payload.body()), Instant.now());
    }

    private static void insert(DuckDbEngine engine, Row row) {
        engine.rowStore()
                .insert(row, Deadline.after(TIMEOUT))
                .toCompletableFuture()
                .join();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String columns() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT sql FROM duckdb_tables() WHERE table_name = 'events'")) {
            result.next();
            return result.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DuckDbEngine.driver().orElseThrow().connect("jdbc:duckdb:" + file(), new Properties());
    }
}
