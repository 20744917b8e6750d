package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service against BigQuery's emulator: Google's {@code bq} creates the table from the schema file and reads the rows back.
 * Runs only with {@code -Dgroups=emulator}, because it needs {@link Emulators}.
 */
@Tag("emulator")
class BigQueryEmulatorIT {

    @TempDir
    Path folder;

    @Test
    void storesEveryPayloadAsSent() throws Exception {
        Emulators.createEventsTable("stats");

        List<JsonNode> expected = new ArrayList<>();
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(Emulators.bigQuery()))) {
            for (Payload payload : Payload.all()) {
                assertThat(service.post(payload.body()).statusCode()).isEqualTo(204);
                expected.add(payload.row());
            }
            for (Case aCase : Case.all().toList()) {
                assertThat(service.post(aCase.body()).statusCode()).isEqualTo(aCase.status());
                if (aCase.row() != null) {
                    expected.add(aCase.row());
                }
            }
        }

        List<JsonNode> stored = Emulators.rows("stats");
        assertThat(stored)
                .map(Json::eventColumns)
                .containsExactlyElementsOf(
                        expected.stream().map(BigQueryEmulatorIT::asBqPrints).toList());
        assertThat(stored).map(row -> row.path("event_id").asText()).doesNotHaveDuplicates();
    }

    /** Converts numbers to text; the comparison leaves out NULL. */
    private static JsonNode asBqPrints(JsonNode row) {
        JsonNode printed = row.deepCopy();
        numbersToText(printed);
        return printed;
    }

    private static void numbersToText(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(field -> field.getValue().isNumber())
                    .forEach(field ->
                            field.setValue(TextNode.valueOf(field.getValue().asText())));
        }
        node.forEach(BigQueryEmulatorIT::numbersToText);
    }
}
