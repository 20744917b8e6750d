package io.spinnaker.stats.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * BigQuery and Pub/Sub on this machine. Where they are, the environment says: {@code BIGQUERY_EMULATOR} and
 * {@code PUBSUB_EMULATOR} are base URLs, {@code BQ} is Google's own command, made to talk to the first.
 */
final class Emulators {

    private static final Path SCHEMA = Path.of("src/main/resources/warehouse/events.schema.json");

    private Emulators() {}

    static String bigQuery() {
        return variable("BIGQUERY_EMULATOR");
    }

    static String pubSub() {
        return variable("PUBSUB_EMULATOR");
    }

    /** Makes the table {@code events} from the schema file, in a dataset of its own. */
    static void makeEventsTable(String dataset) throws IOException, InterruptedException {
        bq("mk", "--dataset", "demo:" + dataset);
        bq("mk", "--table", "--time_partitioning_field=received_at", "demo:" + dataset + ".events", SCHEMA.toString());
    }

    /** The rows of that table, in the order received. */
    static List<JsonNode> rows(String dataset) throws IOException, InterruptedException {
        JsonNode rows = Json.parse(bq(
                "query",
                "--use_legacy_sql=false",
                "--format=json",
                "--max_rows=1000",
                "SELECT * FROM " + dataset + ".events ORDER BY received_at"));
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    /** What {@code bq} says. */
    static String bq(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(variable("BQ").split(" ")), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Asks Pub/Sub's REST API, with a method and a path such as {@code projects/demo/topics/t:publish}. */
    static JsonNode askPubSub(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(pubSub() + "/v1/" + path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return Json.parse(answer.body());
        }
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }
}
