package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged service on a free port. */
final class PackagedService extends PackagedProcess {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

    /** Starts the service with options that a JVM and a native executable share, and waits until it listens. */
    PackagedService(Path folder, Map<String, String> environment, String... options) throws IOException {
        super(folder, environment, command(options), LISTENING);
    }

    /** Settings for the table {@code demo.stats.events} of the BigQuery at the given address. */
    static Map<String, String> onBigQuery(String baseUrl) {
        return Map.of(
                "STATS_STORAGE_KIND", "bigquery",
                "STATS_STORAGE_BIGQUERY_PROJECT", "demo",
                "STATS_STORAGE_BIGQUERY_HOST", baseUrl);
    }

    /** Starts the service with a configuration that it must reject; returns its output. */
    static String failsToStart(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = launch(folder, environment, Redirect.to(output.toFile()), command());
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The last package, as Quarkus recorded it. */
    private static List<String> command(String... options) throws IOException {
        Properties artifact = new Properties();
        try (Reader file = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(file);
        }
        List<String> command = new ArrayList<>();
        String path = TARGET.resolve(artifact.getProperty("path")).toString();
        if (artifact.getProperty("type").equals("native")) {
            command.add(path);
            command.addAll(List.of(options));
        } else {
            command.add(java());
            command.addAll(List.of(options));
            command.addAll(List.of("-jar", path));
        }
        return command;
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return send(BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> post(byte[] body, String... headers) throws IOException, InterruptedException {
        return send(BodyPublishers.ofByteArray(body), headers);
    }

    private HttpResponse<String> send(BodyPublisher body, String... headers) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return post(log(), body, all);
    }

    /** Fetches a path as a browser does. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(URI.create("http://127.0.0.1:" + port() + path));
    }

    /** Sends a request without waiting for the response. */
    CompletableFuture<HttpResponse<String>> postSoon(String body) {
        return postSoon(log(), BodyPublishers.ofString(body));
    }

    private URI log() {
        return URI.create("http://127.0.0.1:" + port() + "/log");
    }

    int port() {
        return Integer.parseInt(ready().group(1));
    }
}
