package io.spinnaker.stats.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as a process, on a port of its own. Sees no setting of the machine that a test did not give it. */
final class DeliveredService implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path TARGET = Path.of("target");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> log = new ArrayList<>();
    private final Process process;
    private final int port;
    private final CompletableFuture<Void> rest;

    /** Starts it, with options that a JVM and a native executable share, and waits until it listens. */
    DeliveredService(Path folder, Map<String, String> environment, String... options) throws IOException {
        process = launch(folder, environment, Redirect.PIPE, options);
        BufferedReader output = process.inputReader();
        port = readPort(output);
        rest = CompletableFuture.runAsync(() -> read(output));
    }

    /** What sets it up for the table {@code demo.stats.events} of a BigQuery at that address. */
    static Map<String, String> onBigQuery(String baseUrl) {
        return Map.of(
                "STATS_WAREHOUSE_KIND", "bigquery",
                "STATS_WAREHOUSE_BIGQUERY_PROJECT", "demo",
                "STATS_WAREHOUSE_BIGQUERY_HOST", baseUrl);
    }

    /** Starts it where it cannot start; returns what it said, after it has ended with an error. */
    static String failsToStart(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = launch(folder, environment, Redirect.to(output.toFile()));
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

    private static Process launch(Path folder, Map<String, String> environment, Redirect output, String... options)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(options))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().clear();
        builder.environment().put("PORT", "0");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("GCE_METADATA_HOST", "127.0.0.1:1"); // there is none, unless a test has one
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** What was packaged last, as Quarkus notes it. */
    private static List<String> command(String... options) throws IOException {
        Properties artifact = new Properties();
        try (Reader file = Files.newBufferedReader(TARGET.resolve("quarkus-artifact.properties"))) {
            artifact.load(file);
        }
        List<String> command = new ArrayList<>();
        String path =
                TARGET.resolve(artifact.getProperty("path")).toAbsolutePath().toString();
        if (artifact.getProperty("type").equals("native")) {
            command.add(path);
            command.addAll(List.of(options));
        } else {
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(List.of(options));
            command.addAll(List.of("-jar", path));
        }
        return command;
    }

    private int readPort(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.add(line);
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
        }
        throw new AssertionError("it did not start: " + log);
    }

    private void read(BufferedReader output) {
        output.lines().forEach(log::add);
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return send(BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> post(byte[] body, String... headers) throws IOException, InterruptedException {
        return send(BodyPublishers.ofByteArray(body), headers);
    }

    private HttpResponse<String> send(HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/log"))
                .POST(body)
                .timeout(PATIENCE)
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    int port() {
        return port;
    }

    /** Ends it, and returns every line that it ever logged. */
    List<String> endAndReadLog() throws Exception {
        process.toHandle().destroy(); // as a signal: Process.destroy would close the output unread
        assertThat(process.waitFor(20, TimeUnit.SECONDS))
                .as("ends when it is told to")
                .isTrue();
        rest.get();
        return log;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
