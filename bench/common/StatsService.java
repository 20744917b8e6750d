package common;

import java.nio.file.Path;
import java.util.Map;

/** How the benches start the service. */
public final class StatsService {

    public static final Path EXECUTABLE = Path.of("target/spinnaker-stats-runner");
    public static final String BUILD_COMMAND = "./mvnw package -Dnative";

    /** The Google Cloud project that fake servers expect. */
    public static final String PROJECT = "demo";

    private StatsService() {}

    /** Returns the environment variables of a service that stores events in a fake BigQuery. */
    public static Map<String, String> environment(int port, String bigQueryUrl) {
        return Map.of(
                "PORT",
                String.valueOf(port),
                "STATS_STORAGE_KIND",
                "bigquery",
                "STATS_STORAGE_BIGQUERY_PROJECT",
                PROJECT,
                "STATS_STORAGE_BIGQUERY_HOST",
                bigQueryUrl);
    }
}
