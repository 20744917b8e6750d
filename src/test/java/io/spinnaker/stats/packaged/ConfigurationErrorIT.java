package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Startup fails with one explanatory sentence if a setting is missing or invalid. */
class ConfigurationErrorIT {

    private static final String BIG_QUERY = "STATS_STORAGE_KIND=bigquery";
    private static final String PROJECT = "STATS_STORAGE_BIGQUERY_PROJECT=demo";
    private static final String LOCAL = "STATS_STORAGE_BIGQUERY_HOST=http://127.0.0.1:1";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource
    void failsStartupWithAnExplanation(List<String> environment, String sentence) throws Exception {
        Map<String, String> variables = new HashMap<>();
        environment.forEach(setting -> variables.put(setting.split("=", 2)[0], setting.split("=", 2)[1]));
        assertThat(PackagedService.failsToStart(folder, variables))
                .contains(sentence)
                .doesNotContain("\tat ", "\"frames\"");
    }

    static Stream<Arguments> failsStartupWithAnExplanation() {
        return Stream.of(
                Arguments.of(
                        List.of(BIG_QUERY, LOCAL),
                        "No BigQuery project configured; set stats.storage.bigquery.project (STATS_STORAGE_BIGQUERY_PROJECT)"),
                Arguments.of(List.of(BIG_QUERY, PROJECT), "No usable Google credentials: "),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, "GOOGLE_APPLICATION_CREDENTIALS=/no/such/key.json"),
                        "No usable Google credentials: "),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, "GOOGLE_APPLICATION_CREDENTIALS=/dev/null"),
                        "No usable Google credentials: "),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, "STATS_STORAGE_BIGQUERY_HOST=localhost:9050"),
                        "stats.storage.bigquery.host is not a base URL; expected https://HOST"),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, "STATS_STORAGE_BIGQUERY_HOST=http://localhost:9050/?x=1"),
                        "stats.storage.bigquery.host is not a base URL; expected https://HOST"),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, LOCAL, "STATS_STORAGE_BIGQUERY_DATASET=a/b"),
                        "stats.storage.bigquery.dataset is not a valid name"),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, LOCAL, "STATS_STORAGE_BIGQUERY_TABLE=a b"),
                        "stats.storage.bigquery.table is not a valid name"),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, LOCAL, "STATS_STORAGE_BIGQUERY_MAXIMUM_BYTES_BILLED=-1"),
                        "stats.storage.bigquery.maximum-bytes-billed is out of range"),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, LOCAL, "STATS_CHARTS_THRESHOLD=1"),
                        "stats.charts.threshold is out of range; expected 2 or more"),
                Arguments.of(
                        List.of(BIG_QUERY, PROJECT, LOCAL, "STATS_CHARTS_RETENTION_DAYS=-5"),
                        "stats.charts.retention-days is out of range; expected 1 or more"),
                Arguments.of(List.of("STATS_STORAGE_KIND=postgres"), "stats.storage.kind"),
                Arguments.of(
                        List.of("STATS_STORAGE_DUCKDB_PATH=:memory:", "STATS_MAX_EVENTS_PER_SECOND=0"),
                        "stats.max-events-per-second is not a valid rate"));
    }
}
