package io.spinnaker.stats.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Logged;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The views that Terraform creates, over the payloads of real clients: in GoogleSQL, which checks types as BigQuery does, and in
 * DuckDB's SQL.
 */
class ViewsTest {

    private static final Path VIEWS = Path.of("src/main/resources/storage/views");
    private static final Instant START = Instant.parse("2026-11-23T08:00:00.000001Z");

    private static final List<JsonNode> EVENTS = new ArrayList<>();
    private static final List<JsonNode> LOGS = new ArrayList<>();
    private static final GoogleSql GOOGLE_SQL = new GoogleSql();
    private static Connection duckDb;

    @BeforeAll
    static void fill() throws Exception {
        EventReader reader = new EventReader();
        for (Payload payload : Payload.all()) {
            Instant time = START.plusSeconds(EVENTS.size());
            byte[] row = Row.of(reader.read(payload.body()), time).json();
            EVENTS.add(Json.parse(new String(row, StandardCharsets.UTF_8)));
            LOGS.add(Logged.byOldServer(payload, time));
        }
        List<JsonNode> someTwice = new ArrayList<>(EVENTS);
        someTwice.addAll(EVENTS.subList(0, 10));

        duckDb = DuckDbEngine.driver().orElseThrow().connect("jdbc:duckdb:", new Properties());
        table("events", Column.ofEvents(), someTwice);
        table("log_sink", Column.of("/storage/log-sink.schema.json"), LOGS);
    }

    @AfterAll
    static void close() throws SQLException {
        duckDb.close();
    }

    @Test
    void deduplicatesEvents() throws Exception {
        String view = distinctEvents();
        List<String> ids = ids(GOOGLE_SQL.query("SELECT TO_JSON_STRING(event) FROM (" + view + ") AS event"));
        assertThat(ids).containsExactlyInAnyOrderElementsOf(ids(EVENTS));
        assertThat(ids(queryDuckDb("SELECT to_json(event) FROM (" + view + ") AS event")))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aDistinctEventHasAllColumns() {
        List<JsonNode> events = GOOGLE_SQL.query(
                "SELECT TO_JSON_STRING(event) FROM (" + distinctEvents() + ") AS event ORDER BY received_at LIMIT 1");
        assertThat(events).map(Json::eventColumns).containsExactly(Json.eventColumns(EVENTS.getFirst()));
    }

    @Test
    void presentsNewEventsLikeOldOnes() throws Exception {
        List<JsonNode> expected = new ArrayList<>();
        Payload.all().forEach(payload -> expected.add(Logged.withNewFields(payload)));
        LOGS.forEach(log -> expected.add(Logged.withoutNothing(log.path("jsonPayload"))));

        assertThat(GOOGLE_SQL.query(
                        "SELECT TO_JSON_STRING(jsonPayload) FROM (" + asLogged("events_as_logged.sql") + ")"))
                .map(Logged::withoutNothing)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(queryDuckDb("SELECT to_json(jsonPayload) FROM (" + asLogged("events_as_logged.duckdb.sql") + ")"))
                .map(Logged::withoutNothing)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Every column that a query for the old table can name, with its type. */
    @Test
    void keepsOldQueriesWorking() {
        String query = """
                WITH logged AS (%s)
                SELECT TO_JSON_STRING(STRUCT(
                  COUNT(DISTINCT jsonPayload.spinnakerinstance.id),
                  MAX(CONCAT(jsonPayload.spinnakerinstance.version, jsonPayload.spinnakerinstance.deploymentmethod.type,
                    jsonPayload.spinnakerinstance.deploymentmethod.version, jsonPayload.application.id,
                    jsonPayload.execution.id, jsonPayload.execution.type, jsonPayload.execution.trigger.type,
                    jsonPayload.execution.status)),
                  MAX(CONCAT(stage.type, stage.status, stage.cloudprovider.id, stage.cloudprovider.variant)),
                  SUM(jsonPayload.spinnakerinstance.pipelinecount / 2.5 + jsonPayload.application.pipelinecount / 2.5),
                  MIN(TIMESTAMP_TRUNC(timestamp, DAY))
                ))
                FROM logged
                LEFT JOIN UNNEST(jsonPayload.execution.stages) AS stage
                """.formatted(asLogged("events_as_logged.sql"));
        assertThat(GOOGLE_SQL.query(query)).hasSize(1);
    }

    @Test
    void publishesNumbersWithTheirDay() throws Exception {
        table("chart_points", Column.of("/storage/charts/chart_points.schema.json"), List.of(Json.parse("""
                {"chart": "versions", "period": "2026-10-01", "label": "1.36", "instances": 10, "count": 12, "part": 0,
                 "of_instances": 15}
                """)));
        table(
                "chart_watermarks",
                Column.of("/storage/charts/chart_watermarks.schema.json"),
                List.of(Json.parse(
                        "{\"chart\": \"versions\", \"query_hash\": \"0\", \"complete_until\": \"2026-11-22\"}")));
        String view = text("charts.sql")
                .replace("${chart_points}", "chart_points")
                .replace("${chart_watermarks}", "chart_watermarks");
        assertThat(GOOGLE_SQL.query("SELECT TO_JSON_STRING(number) FROM (" + view + ") AS number"))
                .containsExactly(Json.parse("""
                        {"chart": "versions", "period": "2026-10-01", "label": "1.36", "instances": 10, "count": 12,
                         "part": 0, "as_of": "2026-11-22"}
                        """));
    }

    /** The view over distinct events, as Terraform creates it. */
    private static String asLogged(String file) {
        return text(file).replace("${events}", "(" + distinctEvents() + ")").replace("${legacy_table}", "log_sink");
    }

    private static String distinctEvents() {
        return text("distinct_events.sql").replace("${events}", "events");
    }

    private static String text(String file) {
        try {
            Path test = Path.of("src/test/resources/storage").resolve(file);
            return Files.readString(Files.exists(test) ? test : VIEWS.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> ids(List<JsonNode> events) {
        return events.stream().map(event -> event.path("event_id").asText()).toList();
    }

    private static void table(String name, List<Column> columns, List<JsonNode> rows) throws SQLException {
        GOOGLE_SQL.table(name, columns, rows);
        try (Statement statement = duckDb.createStatement()) {
            statement.execute("CREATE TABLE " + name + "_json (json VARCHAR)");
            try (PreparedStatement insert = duckDb.prepareStatement("INSERT INTO " + name + "_json VALUES (?)")) {
                for (JsonNode row : rows) {
                    insert.setString(1, row.toString());
                    insert.execute();
                }
            }
            statement.execute("CREATE TABLE %1$s AS SELECT unnest(from_json(json, '%2$s')) FROM %1$s_json"
                    .formatted(name, DuckDbSchema.fromJsonShape(columns)));
        }
    }

    private static List<JsonNode> queryDuckDb(String sql) throws SQLException {
        try (Statement statement = duckDb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<JsonNode> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(Json.parse(result.getString(1)));
            }
            return rows;
        }
    }
}
