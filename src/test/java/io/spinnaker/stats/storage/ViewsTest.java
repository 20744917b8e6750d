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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The views that Terraform creates: in GoogleSQL, which checks types as BigQuery does, and those over the payloads of real clients
 * in DuckDB's SQL too.
 */
class ViewsTest {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00.000001Z");
    private static final String TODAY = "2026-11-24";
    private static final String SECRET_NAME = "acmeDeploy";

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
        table(
                "salts",
                Column.of("/storage/publication/salts.schema.json"),
                Stream.of("cell-key", "2025", "2026")
                        .map(name -> Json.parse("{\"name\": \"%1$s\", \"salt\": \"salt of %1$s\"}".formatted(name)))
                        .toList());
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

        assertThat(GOOGLE_SQL.query("SELECT TO_JSON_STRING(jsonPayload) FROM (" + asLogged() + ")"))
                .map(Logged::withoutNothing)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(queryDuckDb("SELECT to_json(jsonPayload) FROM (" + asLoggedForDuckDb() + ")"))
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
                """.formatted(asLogged());
        assertThat(GOOGLE_SQL.query(query)).hasSize(1);
    }

    @Test
    void sharesEachEventOnceWithoutIdsAndFreeText() {
        List<JsonNode> shared = shared("events");
        assertThat(shared).hasSameSizeAs(EVENTS);
        Set<String> columns = new TreeSet<>();
        shared.forEach(event -> addPaths("", event, columns));
        assertThat(columns)
                .containsExactlyInAnyOrder(
                        ".day",
                        ".spinnaker_instance.id",
                        ".spinnaker_instance.release",
                        ".spinnaker_instance.deployment_method.type",
                        ".spinnaker_instance.environment",
                        ".spinnaker_instance.deployed_artifacts",
                        ".spinnaker_instance.pipeline_count",
                        ".application.id",
                        ".application.pipeline_count",
                        ".execution.type",
                        ".execution.trigger.type",
                        ".execution.status",
                        ".execution.stages.type",
                        ".execution.stages.status",
                        ".execution.stages.cloud_provider.id");
        Set<String> ids = EVENTS.stream()
                .flatMap(event -> Stream.of(
                                "/spinnaker_instance/id",
                                "/application/id",
                                "/execution/id",
                                "/event_id",
                                "/content_hash")
                        .map(event::at))
                .map(JsonNode::asText)
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toSet());
        assertThat(ids).isNotEmpty();
        String text = shared.toString();
        assertThat(ids).noneMatch(text::contains);
    }

    @Test
    void sharesNamesOfTheListsOnly() throws Exception {
        table("named", Column.ofEvents(), List.of(event("2026-11-20", "a", "1.36.1", SECRET_NAME)));
        List<JsonNode> shared = shared("named");
        assertThat(shared).hasSize(1);
        assertThat(shared.toString()).doesNotContainIgnoringCase(SECRET_NAME);
        Set<String> names = new TreeSet<>();
        for (String path : List.of(
                "/spinnaker_instance/deployment_method/type",
                "/spinnaker_instance/environment",
                "/spinnaker_instance/deployed_artifacts",
                "/execution/type",
                "/execution/trigger/type",
                "/execution/status",
                "/execution/stages/0/type",
                "/execution/stages/0/status",
                "/execution/stages/0/cloud_provider/id")) {
            names.add(shared.getFirst().at(path).asText());
        }
        assertThat(names).containsExactly("(own)");
    }

    @Test
    void sharesListedNamesUnchanged() {
        Set<String> listed =
                ViewTemplates.listed("stage-types").stream().map(List::getFirst).collect(Collectors.toSet());
        List<String> sent = EVENTS.stream()
                .flatMap(event -> types(event.at("/execution/stages")).stream())
                .filter(listed::contains)
                .sorted()
                .toList();
        assertThat(sent).isNotEmpty();
        assertThat(shared("events").stream()
                        .flatMap(event -> types(event.at("/execution/stages")).stream())
                        .filter(type -> !type.isEmpty() && !type.equals("(own)"))
                        .sorted())
                .containsExactlyElementsOf(sent);
    }

    @Test
    void sharesIdsThatChangeEveryYear() throws Exception {
        table(
                "years",
                Column.ofEvents(),
                List.of(
                        event("2025-12-31", "a", "1.36.1", "deploy"),
                        event("2026-01-01", "a", "1.36.1", "deploy"),
                        event("2026-11-20", "a", "1.36.1", "deploy")));
        assertThat(shared("years"))
                .map(event -> event.at("/spinnaker_instance/id").asText())
                .containsExactlyInAnyOrder(hash("salt of 2025a"), hash("salt of 2026a"), hash("salt of 2026a"));
        assertThat(shared("years"))
                .map(event -> event.at("/application/id").asText())
                .contains(hash("salt of 2026application of a"));
    }

    /** A query repeated every minute would show the time of an event of today. */
    @Test
    void sharesNoEventsOfTodayOrOfAYearWithoutASalt() throws Exception {
        table(
                "days",
                Column.ofEvents(),
                List.of(
                        event("2024-11-20", "a", "1.36.1", "deploy"),
                        event("2026-11-23", "a", "1.36.1", "deploy"),
                        event(TODAY, "a", "1.36.1", "deploy")));
        assertThat(shared("days")).map(event -> event.path("day").asText()).containsExactly("2026-11-23");
    }

    @Test
    void sharesNoSyntheticEvents() throws Exception {
        table(
                "synthetic",
                Column.ofEvents(),
                List.of(
                        event("2026-11-20", hash("smoke-test"), "1.36.1", "deploy"),
                        event("2026-11-21", "a", "1.36.1", "deploy")));
        assertThat(shared("synthetic")).map(event -> event.path("day").asText()).containsExactly("2026-11-21");
    }

    @Test
    void sharesReleasesInPlaceOfVersions() throws Exception {
        Map<String, String> releases = new HashMap<>();
        releases.put("1.36.1", "1.36");
        releases.put("v01.30.4-acme", "1.30");
        releases.put(" 2026.2-7", "2026.2");
        releases.put("MASTER", "(development build)");
        releases.put("pr7966-0", "(development build)");
        releases.put("0.9", "(development build)");
        releases.put("unknown", "(not reported)");
        releases.put("", "(not reported)");
        releases.put("acme", "(not a release)");
        releases.put("12345.1", "(not a release)");
        for (Map.Entry<String, String> release : releases.entrySet()) {
            GOOGLE_SQL.table(
                    "versions", Column.ofEvents(), List.of(event("2026-11-20", "a", release.getKey(), "deploy")));
            assertThat(shared("versions"))
                    .map(event -> event.at("/spinnaker_instance/release").asText())
                    .as(release.getKey())
                    .containsExactly(release.getValue());
        }
    }

    @Test
    void listsUnlistedNamesOfTwentyInstances() {
        List<JsonNode> stages = new ArrayList<>(stages(20, "2026-11-01", "pluginStage"));
        stages.addAll(stages(20, "2026-11-02", "pluginStage"));
        stages.addAll(stages(19, "2026-11-01", "rareStage"));
        stages.addAll(stages(20, "2026-08-01", "oldStage"));
        stages.addAll(stages(20, "2026-11-01", "deploy"));
        GOOGLE_SQL.table("daily_stages", Column.of("/storage/rollups/daily_stages.schema.json"), stages);
        GOOGLE_SQL.table("daily_executions", Column.of("/storage/rollups/daily_executions.schema.json"), rows(21, """
                        {"day": "2026-11-01", "instance": "%d", "type": "PIPELINE", "status": "SUCCEEDED", "trigger": "CRON",
                         "executions": 3}
                        """));
        GOOGLE_SQL.table("daily_instances", Column.of("/storage/rollups/daily_instances.schema.json"), rows(22, """
                        {"day": "2026-11-01", "instance": "%d", "events": 3, "environment": "NOMAD"}
                        """));
        String view = onToday(ViewTemplates.fill(
                "unlisted_names",
                Map.of(
                        "daily_stages", "daily_stages",
                        "daily_executions", "daily_executions",
                        "daily_instances", "daily_instances")));
        assertThat(GOOGLE_SQL.query("SELECT TO_JSON_STRING(name) FROM (" + view + ") AS name"))
                .containsExactlyInAnyOrder(
                        Json.parse("{\"kind\": \"stage_type\", \"name\": \"pluginStage\", \"instances\": 20}"),
                        Json.parse("{\"kind\": \"trigger_type\", \"name\": \"CRON\", \"instances\": 21}"),
                        Json.parse("{\"kind\": \"environment\", \"name\": \"NOMAD\", \"instances\": 22}"));
    }

    @Test
    void publishesNumbersWithTheirPeriod() {
        GOOGLE_SQL.table(
                "chart_points", Column.of("/storage/charts/chart_points.schema.json"), List.of(Json.parse("""
                        {"chart": "stage-types", "period": "2026-10-01", "label": "deploy", "instances": 48, "regular": 31}
                        """)));
        GOOGLE_SQL.table(
                "drawn_periods",
                Column.of("/storage/charts/drawn_periods.schema.json"),
                List.of(Json.parse("""
                                {"chart": "stage-types", "period": "2026-10-01", "instances": 152, "days": 31,
                                 "days_with_data": 30}
                                """), Json.parse("""
                                {"chart": "stage-types", "period": "2026-09-01", "days": 30, "days_with_data": 0}
                                """)));
        String view =
                ViewTemplates.fill("charts", Map.of("chart_points", "chart_points", "drawn_periods", "drawn_periods"));
        assertThat(GOOGLE_SQL.query("SELECT TO_JSON_STRING(number) FROM (" + view + ") AS number"))
                .containsExactlyInAnyOrder(Json.parse("""
                                {"chart": "stage-types", "period": "2026-10-01", "label": "deploy", "instances": 48,
                                 "regular": 31, "failing": null, "share": null, "of_instances": 152, "days": 31,
                                 "days_with_data": 30}
                                """), Json.parse("""
                                {"chart": "stage-types", "period": "2026-09-01", "label": null, "instances": null,
                                 "regular": null, "failing": null, "share": null, "of_instances": null, "days": 30,
                                 "days_with_data": 0}
                                """));
    }

    /** An event with the given name, in capitals, for every enum, and as stage type. */
    private static JsonNode event(String day, String instance, String version, String name) {
        return Json.parse("""
                {"event_id": "%1$s", "received_at": "%1$sT08:00:00.000001Z", "content_hash": "%1$s",
                 "spinnaker_instance": {"id": "%2$s", "version": "%3$s", "deployment_method": {"type": "%5$s", "version": "%4$s"},
                  "environment": "%5$s", "deployed_artifacts": "%5$s"},
                 "application": {"id": "application of %2$s"},
                 "execution": {"id": "%4$s", "type": "%5$s", "trigger": {"type": "%5$s"}, "status": "%5$s", "stages": [
                  {"type": "%4$s", "status": "%5$s", "cloud_provider": {"id": "%5$s", "variant": "%4$s"}}]}}
                """.formatted(day, instance, version, name, name.toUpperCase(Locale.ROOT)));
    }

    private static List<JsonNode> stages(int instances, String day, String type) {
        return rows(instances, """
                {"day": "%s", "instance": "%%d", "type": "%s", "status": "SUCCEEDED", "runs": 2}
                """.formatted(day, type));
    }

    /** A row per instance; the text has its number. */
    private static List<JsonNode> rows(int instances, String row) {
        return IntStream.range(0, instances)
                .mapToObj(instance -> Json.parse(row.formatted(instance)))
                .toList();
    }

    private static List<String> types(JsonNode stages) {
        List<String> types = new ArrayList<>();
        stages.forEach(stage -> types.add(stage.path("type").asText()));
        return types;
    }

    private static void addPaths(String path, JsonNode node, Set<String> paths) {
        if (node.isObject()) {
            node.properties().forEach(field -> addPaths(path + "." + field.getKey(), field.getValue(), paths));
        } else if (node.isArray()) {
            node.forEach(element -> addPaths(path, element, paths));
        } else {
            paths.add(path);
        }
    }

    private static String hash(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The rows that readers of raw data see of a table of events. */
    private static List<JsonNode> shared(String table) {
        String view = onToday(ViewTemplates.fill("shared_events", Map.of("events", table, "salts", "salts")));
        return GOOGLE_SQL.query("SELECT TO_JSON_STRING(event) FROM (" + view + ") AS event");
    }

    /** The view as if today were {@link #TODAY}. */
    private static String onToday(String view) {
        return view.replace("CURRENT_DATE()", "DATE '" + TODAY + "'");
    }

    /** The view over distinct events. */
    private static String asLogged() {
        return ViewTemplates.fill(
                "events_as_logged", Map.of("events", "(" + distinctEvents() + ")", "legacy_table", "log_sink"));
    }

    private static String asLoggedForDuckDb() throws IOException {
        return Files.readString(Path.of("src/test/resources/storage/events_as_logged.duckdb.sql"))
                .replace("${events}", "(" + distinctEvents() + ")")
                .replace("${legacy_table}", "log_sink");
    }

    private static String distinctEvents() {
        return ViewTemplates.fill("distinct_events", Map.of("events", "events"));
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
