package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.packaged.Emulators;
import io.spinnaker.stats.storage.TestStorage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roll-ups and charts in BigQuery's emulator. Runs only with {@code -Dgroups=emulator}, because it needs {@link Emulators}. */
@Tag("emulator")
class DashboardEmulatorIT {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");
    private static final String DATASET = "roll_ups";

    @TempDir
    Path folder;

    @Test
    void producesTheSameFilesAsDuckDb() throws Exception {
        Emulators.createEventsTable(DATASET);
        Emulators.createDerivedTables(DATASET);
        Dashboard dashboard =
                PublishedCharts.dashboard(TestStorage.bigQuery(URI.create(Emulators.bigQuery()), DATASET));

        dashboard.rollUp(AS_OF);
        assertThat(PublishedCharts.texts(dashboard.files(AS_OF)).get("versions.json"))
                .contains("\"asOf\":null", "\"rows\":[]");

        List<JsonNode> events = SampleCommunity.events();
        insert(events.stream().filter(event -> !isLate(event)).toList());
        dashboard.rollUp(AS_OF);
        insert(events.stream().filter(DashboardEmulatorIT::isLate).toList());
        dashboard.rollUp(AS_OF);
        try (TestStorage duckDb = TestStorage.duckDb()) {
            Map<String, String> expected = PublishedCharts.files(duckDb, events, AS_OF);
            assertThat(PublishedCharts.texts(dashboard.files(AS_OF))).isEqualTo(expected);
        }
    }

    private static boolean isLate(JsonNode event) {
        return event.path("received_at").asText().compareTo("2026-10-31T12") > 0;
    }

    private void insert(List<JsonNode> events) throws Exception {
        Path rows = folder.resolve("events.jsonl");
        Files.writeString(rows, events.stream().map(JsonNode::toString).collect(Collectors.joining("\n")));
        Emulators.bq("insert", DATASET + ".events", rows.toString());
    }
}
