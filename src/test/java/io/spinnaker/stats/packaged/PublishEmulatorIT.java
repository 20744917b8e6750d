package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.page.Chromium;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the events to the page: the function rolls up and computes the charts in BigQuery, writes to Cloud Storage, and the
 * executable serves the files. Runs only with {@code -Dgroups=emulator}, because it needs {@link Emulators} and the functions'
 * jar.
 */
@Tag("emulator")
class PublishEmulatorIT {

    private static final String DATASET = "publish";
    private static final String BUCKET = "demo-stats-public";

    private final LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);

    /** The last day of the last month that is drawn. */
    private final LocalDate day =
            YearMonth.from(yesterday.minusDays(3)).minusMonths(1).atEndOfMonth();

    @TempDir
    Path folder;

    @BeforeAll
    static void makeTablesAndBucket() throws Exception {
        Emulators.createEventsTable(DATASET);
        Emulators.createDerivedTables(DATASET);
        Emulators.createBucket(BUCKET);
    }

    @Test
    void showsPublishedEventsOnThePage() throws Exception {
        try (PackagedFunction function = PackagedFunction.start(folder, environment());
                PackagedService service = new PackagedService(folder, environment())) {
            assertThat(service.get("/data/index.json").statusCode()).isEqualTo(404); // nothing was published yet

            insertEventsOf(0, 40);
            publish(function, "{}");
            JsonNode chart = object("data/execution-types.json");
            assertThat(chart.path("asOf").asText()).isEqualTo(yesterday.toString());
            assertThat(chart.at("/rows/0/period").asText())
                    .isEqualTo(day.withDayOfMonth(1).toString());
            assertThat(chart.at("/rows/0/instances").asInt()).isBetween(34, 46);

            Map<String, String> before = Emulators.objects(BUCKET);
            publish(function, "{}");
            assertThat(Emulators.objects(BUCKET)).isEqualTo(before); // names, and hashes of what is in them

            insertEventsOf(40, 80); // late
            publish(function, "{}");
            assertThat(Emulators.objects(BUCKET)).as("a frozen month").isEqualTo(before);
            publish(function, "{\"message\": {\"attributes\": {\"redraw\": \"%s\"}}}".formatted(YearMonth.from(day)));
            assertThat(object("data/execution-types.json")
                            .at("/rows/0/instances")
                            .asInt())
                    .isBetween(74, 86);

            HttpResponse<String> served = service.get("/data/execution-types.json");
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(served.body()).isEqualTo(Emulators.object(BUCKET, "data/execution-types.json"));
            for (JsonNode published : object("data/index.json").path("charts")) {
                for (String ending : List.of(".json", ".csv", ".svg", "-dark.svg")) {
                    String file = published.path("name").asText() + ending;
                    assertThat(service.get("/data/" + file).statusCode())
                            .as(file)
                            .isEqualTo(200);
                }
            }
            for (String file : List.of(
                    "all.zip",
                    "summary.json",
                    "features.json",
                    "candidates.csv",
                    "changes.xml",
                    "report-" + YearMonth.from(day) + ".html",
                    "report-" + YearMonth.from(day) + ".md")) {
                assertThat(service.get("/data/" + file).statusCode()).as(file).isEqualTo(200);
            }
            Chromium.assertDraws("execution-types", "http://127.0.0.1:" + service.port());
        }
    }

    private static void publish(PackagedFunction function, String event) throws Exception {
        assertThat(function.push(event).statusCode())
                .as(() -> function.newLog().toString())
                .isEqualTo(200);
    }

    private static JsonNode object(String name) throws Exception {
        return Json.parse(Emulators.object(BUCKET, name));
    }

    /** The payload of one client, sent under the ids of several instances, of which a tenth report each day. */
    private void insertEventsOf(int from, int to) throws Exception {
        List<String> rows = new ArrayList<>();
        for (int instance = from; instance < to; instance++) {
            for (LocalDate received : daysOf(instance)) {
                ObjectNode row = Payload.all().getLast().row().deepCopy();
                ((ObjectNode) row.path("spinnaker_instance")).put("id", "%064x".formatted(instance));
                row.put("event_id", UUID.randomUUID().toString());
                row.put("content_hash", "%064x".formatted(instance));
                row.put("received_at", received + "T12:00:00Z");
                rows.add(row.toString());
            }
        }
        Path file = folder.resolve("rows.jsonl");
        Files.write(file, rows);
        Emulators.bq("insert", DATASET + ".events", file.toString());
    }

    /** Two days or more of the month. */
    private List<LocalDate> daysOf(int instance) {
        return day.withDayOfMonth(1)
                .datesUntil(day.plusDays(1))
                .filter(date -> date.getDayOfMonth() % 10 == instance % 10)
                .toList();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(Emulators.bigQuery()));
        environment.put("STATS_STORAGE_BIGQUERY_DATASET", DATASET);
        environment.put("QUARKUS_FUNQY_EXPORT", "publish");
        environment.put("STATS_PUBLISH_BUCKET", BUCKET);
        environment.put("STATS_PUBLISH_HOST", Emulators.storage());
        environment.put("STATS_WEB_DATA_URL", Emulators.storage() + "/" + BUCKET);
        return environment;
    }
}
