package io.spinnaker.stats.packaged;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * BigQuery, Pub/Sub and Cloud Storage on this machine. Where they are, the environment says: {@code BIGQUERY_EMULATOR}, {@code
 * PUBSUB_EMULATOR} and {@code STORAGE_EMULATOR} are base URLs, {@code BQ} is Google's own command, made to talk to the first.
 */
public final class Emulators {

    private static final Path SCHEMA = Path.of("src/main/resources/storage/events.schema.json");

    private Emulators() {}

    public static String bigQuery() {
        return variable("BIGQUERY_EMULATOR");
    }

    static String pubSub() {
        return variable("PUBSUB_EMULATOR");
    }

    static String storage() {
        return variable("STORAGE_EMULATOR");
    }

    /** Creates the table {@code events} from the schema file, in a new dataset. */
    public static void createEventsTable(String dataset) throws IOException, InterruptedException {
        bq("mk", "--dataset", "demo:" + dataset);
        bq("mk", "--table", "--time_partitioning_field=received_at", "demo:" + dataset + ".events", SCHEMA.toString());
    }

    /** Creates the derived tables from their schema files in the given dataset. */
    public static void createDerivedTables(String dataset) throws IOException, InterruptedException {
        for (String folder : List.of("rollups", "charts", "publication")) {
            try (Stream<Path> files = Files.list(SCHEMA.resolveSibling(folder))) {
                for (Path file : files.filter(file -> file.toString().endsWith(".schema.json"))
                        .toList()) {
                    String table = file.getFileName().toString().replace(".schema.json", "");
                    bq("mk", "--table", "demo:" + dataset + "." + table, file.toString());
                }
            }
        }
    }

    /** The rows of the table, in the order received. */
    static List<JsonNode> rows(String dataset) throws IOException, InterruptedException {
        JsonNode rows = Json.parse(bq(
                "query",
                "--use_legacy_sql=false",
                "--format=json",
                "--max_rows=1000",
                "SELECT * FROM " + dataset + ".events ORDER BY received_at"));
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    /** The output of {@code bq}. */
    public static String bq(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(variable("BQ").split(" ")), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Calls Pub/Sub's REST API with a method and a path such as {@code projects/demo/topics/t:publish}. */
    static JsonNode askPubSub(String method, String path, String body) throws IOException, InterruptedException {
        return Json.parse(ask(method, pubSub() + "/v1/" + path, body));
    }

    /** Creates a bucket. */
    static void createBucket(String name) throws IOException, InterruptedException {
        ask("POST", storage() + "/storage/v1/b?project=demo", "{\"name\": \"" + name + "\"}");
    }

    /** An object as anonymous readers get it. */
    static String object(String bucket, String name) throws IOException, InterruptedException {
        return ask("GET", storage() + "/" + bucket + "/" + name, "");
    }

    /** The names and content hashes of the bucket's objects. */
    static Map<String, String> objects(String bucket) throws IOException, InterruptedException {
        Map<String, String> hashes = new TreeMap<>();
        for (JsonNode object : Json.parse(ask("GET", storage() + "/storage/v1/b/" + bucket + "/o", ""))
                .path("items")) {
            hashes.put(object.path("name").asText(), object.path("md5Hash").asText());
        }
        return hashes;
    }

    private static String ask(String method, String url, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }
}
