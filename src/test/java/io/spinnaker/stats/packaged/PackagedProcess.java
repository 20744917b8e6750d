package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged program in a process, with exactly the environment that a test gives it. */
class PackagedProcess implements AutoCloseable {

    static final Path TARGET = Path.of("target").toAbsolutePath();

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    private final Process process;
    private final MatchResult ready;
    private final Thread rest;

    /** Starts the process, and waits until a line of its log matches the pattern. */
    PackagedProcess(Path folder, Map<String, String> environment, List<String> command, Pattern saysWhenReady)
            throws IOException {
        process = launch(folder, environment, Redirect.PIPE, command);
        BufferedReader output = process.inputReader();
        ready = await(output, saysWhenReady);
        rest = Thread.ofPlatform().daemon().start(() -> output.lines().forEach(log::add));
    }

    static Process launch(Path folder, Map<String, String> environment, Redirect output, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
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

    /** The java that runs the tests. */
    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    private MatchResult await(BufferedReader output, Pattern pattern) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.add(line);
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
        }
        throw new AssertionError("it did not start: " + log);
    }

    /** The line with which it reported that it is ready. */
    MatchResult ready() {
        return ready;
    }

    HttpResponse<String> post(URI uri, BodyPublisher body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return client.send(request(uri, body, headers), BodyHandlers.ofString());
    }

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postSoon(URI uri, BodyPublisher body) {
        return client.sendAsync(request(uri, body, Map.of()), BodyHandlers.ofString());
    }

    private static HttpRequest request(URI uri, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).POST(body).timeout(TIMEOUT).setHeader("Content-Type", "application/json");
        headers.forEach(request::setHeader);
        return request.build();
    }

    /** Sends SIGTERM, as Cloud Run does. */
    void terminate() {
        process.toHandle().destroy(); // as a signal: Process.destroy would close the output unread
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The lines logged since the last call. */
    List<String> newLog() {
        List<String> lines = new ArrayList<>();
        log.drainTo(lines);
        return lines;
    }

    /** Ends the process, and returns the lines that {@code newLog} has not returned. */
    List<String> endAndReadLog() throws Exception {
        terminate();
        assertThat(process.waitFor(20, TimeUnit.SECONDS))
                .as("ends when it is told to")
                .isTrue();
        rest.join();
        return newLog();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
