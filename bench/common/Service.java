package common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The service as the programs use it: its executable, its settings, its events. */
public final class Service {

    public static final Path EXECUTABLE = Path.of("target/spinnaker-stats-runner");

    /** The Google Cloud project that fake servers expect. */
    public static final String PROJECT = "demo";

    private static final Path PAYLOADS = Path.of("src/test/resources/contract/payloads");

    /** An event of a common size. */
    public static final Path TYPICAL_PAYLOAD = PAYLOADS.resolve("spinnaker-1.36/payload-050.json");

    private Service() {}

    /** Returns a command that runs the service. Events are stored in a fake BigQuery. */
    public static ProcessBuilder command(List<String> command, int port, String bigQueryUrl) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .putAll(Map.of(
                        "PORT",
                        String.valueOf(port),
                        "STATS_STORAGE_KIND",
                        "bigquery",
                        "STATS_STORAGE_BIGQUERY_PROJECT",
                        PROJECT,
                        "STATS_STORAGE_BIGQUERY_HOST",
                        bigQueryUrl));
        return builder;
    }

    /** Returns files with one event each, as clients of each Spinnaker release sent them. */
    public static List<Path> payloads() throws IOException {
        try (Stream<Path> files = Files.walk(PAYLOADS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
