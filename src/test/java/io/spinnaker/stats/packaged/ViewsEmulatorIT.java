package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Logged;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.storage.Row;
import io.spinnaker.stats.storage.ViewTemplates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The datasets as Terraform creates them, from an event to the views, and the smoke test of a deployment. Runs only with {@code
 * -Dgroups=emulator}, because it needs {@link Emulators}.
 */
@Tag("emulator")
class ViewsEmulatorIT {

    private static final String DATASET = "views";

    @TempDir
    Path folder;

    @Test
    void presentsNewEventsLikeOldOnesAndSharesThemWithoutIds() throws Exception {
        Emulators.createEventsTable(DATASET);
        makeView("distinct_events", Map.of("events", table("events")));

        List<JsonNode> expected = new ArrayList<>(makeLogSink());
        makeView("events_as_logged", Map.of("events", table("distinct_events"), "legacy_table", table("log_sink")));

        Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(Emulators.bigQuery()));
        environment.put("STATS_STORAGE_BIGQUERY_DATASET", DATASET);
        try (PackagedService service = new PackagedService(folder, environment)) {
            for (Payload payload : Payload.all()) {
                assertThat(service.post(payload.body()).statusCode()).isEqualTo(204);
                expected.add(Logged.withNewFields(payload));
            }
            assertThat(query("SELECT jsonPayload FROM " + DATASET + ".events_as_logged"))
                    .map(row -> Logged.withoutNothing(row.path("jsonPayload")))
                    .map(ViewsEmulatorIT::numbersAsText)
                    .containsExactlyInAnyOrderElementsOf(expected.stream()
                            .map(ViewsEmulatorIT::numbersAsText)
                            .toList());

            assertThat(smokeTest(service)).contains("204 after", "its row is in demo.views.events");
        }
        sharesEventsWithoutTheirIds();
    }

    /** Readers of raw data see the events of yesterday, and not those of today that the test has sent. */
    private void sharesEventsWithoutTheirIds() throws Exception {
        Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS);
        List<JsonNode> events = new ArrayList<>();
        for (Payload payload : Payload.all()) {
            byte[] row =
                    Row.of(new EventReader().read(payload.body()), yesterday).json();
            events.add(Json.parse(new String(row, StandardCharsets.UTF_8)));
        }
        insert("events", events);
        Path schema = Path.of("src/main/resources/storage/publication/salts.schema.json");
        Emulators.bq("mk", "--table", "demo:" + DATASET + ".salts", schema.toString());
        String year = yesterday.toString().substring(0, 4);
        insert("salts", List.of(Json.parse("{\"name\": \"%s\", \"salt\": \"secret\"}".formatted(year))));
        makeView("shared_events", Map.of("events", table("events"), "salts", table("salts")));

        List<JsonNode> shared = query("SELECT * FROM " + DATASET + ".shared_events");
        assertThat(shared).hasSameSizeAs(events);
        String text = shared.toString();
        assertThat(events)
                .flatMap(event -> List.of(
                        event.at("/spinnaker_instance/id").asText(),
                        event.at("/application/id").asText(),
                        event.path("event_id").asText(),
                        event.path("content_hash").asText()))
                .noneMatch(text::contains);
    }

    /** Creates the old server's table with every payload; returns the expected rows. */
    private List<JsonNode> makeLogSink() throws Exception {
        List<JsonNode> logs = Payload.all().stream()
                .map(payload -> Logged.byOldServer(payload, Instant.parse("2020-11-23T08:00:00Z")))
                .toList();
        Path schema = Path.of("src/test/resources/storage/log-sink.schema.json");
        Emulators.bq("mk", "--table", "demo:" + DATASET + ".log_sink", schema.toString());
        insert("log_sink", logs);
        return logs.stream()
                .map(log -> Logged.withoutNothing(log.path("jsonPayload")))
                .toList();
    }

    private void insert(String table, List<JsonNode> rows) throws Exception {
        Path file = folder.resolve(table + ".jsonl");
        Files.writeString(file, rows.stream().map(JsonNode::toString).collect(Collectors.joining("\n")));
        Emulators.bq("insert", DATASET + "." + table, file.toString());
    }

    private static String table(String name) {
        return "`demo." + DATASET + "." + name + "`";
    }

    private static void makeView(String name, Map<String, String> tables) throws Exception {
        String query = ViewTemplates.fill(name, tables);
        Emulators.bq("mk", "--use_legacy_sql=false", "--view=" + query, "demo:" + DATASET + "." + name);
    }

    private static List<JsonNode> query(String sql) throws IOException, InterruptedException {
        JsonNode rows =
                Json.parse(Emulators.bq("query", "--use_legacy_sql=false", "--format=json", "--max_rows=1000", sql));
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    /** Rows in the format of bq. */
    private static JsonNode numbersAsText(JsonNode node) {
        return Json.parse(node.toString().replaceAll(":(\\d+\\.\\d+)", ":\"$1\""));
    }

    private static String smokeTest(PackagedService service) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder("terraform/smoke.sh", "http://127.0.0.1:" + service.port(), "demo")
                .redirectErrorStream(true);
        command.environment().put("EVENTS", "demo." + DATASET + ".events");
        Process process = command.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
