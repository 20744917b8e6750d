package io.spinnaker.stats.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole conversation with a BigQuery that keeps what it is sent: Google's own {@code bq} makes the table from the
 * schema file and reads the rows back. Needs an emulator, so it runs only when asked for ({@code -Dgroups=emulator}):
 * {@code BIGQUERY_EMULATOR} is its base URL, {@code BQ} the command that talks to it.
 */
@Tag("emulator")
class BigQueryEmulatorIT {

    private static final Path SCHEMA = Path.of("src/main/resources/warehouse/events.schema.json");

    @TempDir
    Path folder;

    @Test
    void everyEventCanBeReadBackAsItWasSent() throws Exception {
        bq("mk", "--dataset", "demo:stats");
        bq("mk", "--table", "--time_partitioning_field=received_at", "demo:stats.events", SCHEMA.toString());

        List<JsonNode> expected = new ArrayList<>();
        try (DeliveredService service =
                new DeliveredService(folder, DeliveredService.onBigQuery(variable("BIGQUERY_EMULATOR")))) {
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

        JsonNode stored = Json.parse(bq(
                "query",
                "--use_legacy_sql=false",
                "--format=json",
                "--max_rows=1000",
                "SELECT * FROM stats.events ORDER BY received_at"));
        assertThat(StreamSupport.stream(stored.spliterator(), false).map(Json::eventColumns))
                .containsExactlyElementsOf(
                        expected.stream().map(BigQueryEmulatorIT::asBqPrints).toList());
        assertThat(StreamSupport.stream(stored.spliterator(), false)
                        .map(row -> row.path("event_id").asText()))
                .doesNotHaveDuplicates();
    }

    /** Numbers as text; what is NULL is left out by the comparison. */
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

    private static String bq(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(variable("BQ").split(" ")), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }
}
