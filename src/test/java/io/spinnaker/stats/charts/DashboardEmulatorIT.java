package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.packaged.Emulators;
import io.spinnaker.stats.storage.DerivedTable;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.TestStorage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roll-ups and charts in BigQuery's emulator. Runs only with {@code -Dgroups=emulator}, because it needs {@link Emulators}. */
@Tag("emulator")
class DashboardEmulatorIT {

    private static final LocalDate AS_OF = LocalDate.parse("2026-11-22");

    /** A day on which October is open, and no later day is drawn. */
    private static final LocalDate OPEN = LocalDate.parse("2026-11-02");

    private static final String DATASET = "roll_ups";

    @TempDir
    Path folder;

    @Test
    void producesTheSameFilesAsDuckDb() throws Exception {
        Emulators.createEventsTable(DATASET);
        Emulators.createDerivedTables(DATASET);
        SqlEngine bigQuery = TestStorage.bigQuery(URI.create(Emulators.bigQuery()), DATASET);
        bigQuery.replace(DerivedTable.SALTS, "TRUE", "SELECT 'cell-key' AS name, 'salt' AS salt");
        Dashboard dashboard = new Dashboard(bigQuery, PublishedCharts.options());

        dashboard.update(AS_OF, Set.of());
        assertThat(PublishedCharts.texts(dashboard.files(AS_OF)).get("versions.json"))
                .contains("\"asOf\":null", "\"rows\":[]");

        List<JsonNode> events = SampleCommunity.events();
        insert(events.stream().filter(event -> !isLate(event)).toList());
        dashboard.update(OPEN, Set.of());
        insert(events.stream().filter(DashboardEmulatorIT::isLate).toList());
        dashboard.update(AS_OF, Set.of());
        Map<String, String> expected = PublishedCharts.files(events, AS_OF, PublishedCharts.options());
        assertThat(PublishedCharts.texts(dashboard.files(AS_OF))).isEqualTo(expected);
    }

    private static boolean isLate(JsonNode event) {
        return event.path("received_at").asText().compareTo("2026-11-01") > 0;
    }

    private void insert(List<JsonNode> events) throws Exception {
        Path rows = folder.resolve("events.jsonl");
        Files.writeString(rows, events.stream().map(JsonNode::toString).collect(Collectors.joining("\n")));
        Emulators.bq("insert", DATASET + ".events", rows.toString());
    }
}
