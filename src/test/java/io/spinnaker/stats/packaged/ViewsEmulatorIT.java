package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Logged;
import io.spinnaker.stats.contract.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    private static final Path VIEWS = Path.of("src/main/resources/storage/views");
    private static final String DATASET = "views";

    /** The dataset that the smoke test uses. */
    private static final String SHARED = "stats_shared";

    @TempDir
    Path folder;

    @Test
    void presentsNewEventsLikeOldOnesAndPassesTheSmokeTest() throws Exception {
        Emulators.createEventsTable(DATASET);
        Emulators.bq("mk", "--dataset", "demo:" + SHARED);
        makeView(SHARED + ".events", "distinct_events.sql", Map.of("events", DATASET + ".events"));

        List<JsonNode> expected = new ArrayList<>(makeLogSink());
        makeView(
                DATASET + ".events_as_logged",
                "events_as_logged.sql",
                Map.of("events", SHARED + ".events", "legacy_table", DATASET + ".log_sink"));

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

            assertThat(smokeTest(service)).contains("204 after", "its row is in demo.stats_shared.events");
        }
    }

    /** Creates the old server's table with every payload; returns the expected rows. */
    private List<JsonNode> makeLogSink() throws Exception {
        List<JsonNode> logs = Payload.all().stream()
                .map(payload -> Logged.byOldServer(payload, Instant.parse("2020-11-23T08:00:00Z")))
                .toList();
        Path rows = folder.resolve("log-sink.jsonl");
        Files.writeString(rows, logs.stream().map(JsonNode::toString).collect(Collectors.joining("\n")));
        Path schema = Path.of("src/test/resources/storage/log-sink.schema.json");
        Emulators.bq("mk", "--table", "demo:" + DATASET + ".log_sink", schema.toString());
        Emulators.bq("insert", DATASET + ".log_sink", rows.toString());
        return logs.stream()
                .map(log -> Logged.withoutNothing(log.path("jsonPayload")))
                .toList();
    }

    private static void makeView(String name, String file, Map<String, String> tables) throws Exception {
        String text = Files.readString(VIEWS.resolve(file));
        for (Map.Entry<String, String> table : tables.entrySet()) {
            text = text.replace("${" + table.getKey() + "}", "`demo." + table.getValue() + "`");
        }
        Emulators.bq("mk", "--use_legacy_sql=false", "--view=" + text, "demo:" + name);
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
        Process process = new ProcessBuilder("terraform/smoke.sh", "http://127.0.0.1:" + service.port(), "demo")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
