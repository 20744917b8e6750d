package io.spinnaker.stats.packaged;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.publish.StorageStub;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function {@code publish} as deployed, on a BigQuery without events. */
@Tag("functions")
class PublishIT {

    private static final String QUERIES = "/bigquery/v2/projects/demo/queries";
    private static final String TIME_TO_PUBLISH = "{\"message\": {\"data\": \"cHVibGlzaA==\", \"messageId\": \"1\"}}";

    private final WireMockServer bigQuery =
            new WireMockServer(options().dynamicPort().gzipDisabled(true));
    private final StorageStub storage = new StorageStub();

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        bigQuery.start();
        bigQuery.stubFor(post(urlPathEqualTo(QUERIES)).atPriority(10).willReturn(okJson(rows("chart", "[]"))));
        bigQuery.stubFor(post(urlPathEqualTo(QUERIES))
                .withRequestBody(containing("AS first_day"))
                .willReturn(okJson(rows("first_day", "[{\"f\": [{\"v\": null}]}]"))));
    }

    @AfterEach
    void stop() {
        bigQuery.stop();
        storage.close();
    }

    @Test
    void ignoresTheContentOfTheMessage() throws Exception {
        try (PackagedFunction function = function()) {
            assertThat(function.push(TIME_TO_PUBLISH).statusCode()).isEqualTo(200);
            int files = storage.written().size();
            assertThat(Json.parse(storage.object("data/index.json").content()).path("charts"))
                    .as("four files for each chart, and six others")
                    .hasSize((files - 6) / 4);

            assertThat(function.push("{}").statusCode()).isEqualTo(200);
            assertThat(storage.written()).hasSize(2 * files);
            assertThat(function.endAndReadLog())
                    .anyMatch(line -> line.contains("published: files=" + files + " bytes="));
        }
    }

    @Test
    void failsWithoutABucketSoThatTheMessageIsRedelivered() throws Exception {
        try (PackagedFunction function = function()) {
            storage.fail(403, 5);
            assertThat(function.push(TIME_TO_PUBLISH).statusCode()).isEqualTo(500);
            storage.recover();
            assertThat(function.push(TIME_TO_PUBLISH).statusCode()).isEqualTo(200);
            assertThat(function.endAndReadLog())
                    .anyMatch(line ->
                            line.contains("publish_failed: Cloud Storage denies access to the bucket stats-public"))
                    .noneMatch(line -> line.contains("secret"));
        }
    }

    @Test
    void failsWithoutBigQueryAndWritesNothing() throws Exception {
        bigQuery.stubFor(post(urlPathEqualTo(QUERIES))
                .atPriority(1)
                .willReturn(status(403).withBody("{\"error\": {\"message\": \"secret\"}}")));
        try (PackagedFunction function = function()) {
            assertThat(function.push(TIME_TO_PUBLISH).statusCode()).isEqualTo(500);
            assertThat(storage.written()).isEmpty();
            assertThat(function.endAndReadLog())
                    .anyMatch(line -> line.contains("publish_failed: BigQuery responded 403"))
                    .noneMatch(line -> line.contains("secret"));
        }
    }

    @Test
    void failsStartupWithoutABucket() throws Exception {
        Map<String, String> environment = environment();
        environment.remove("STATS_PUBLISH_BUCKET");
        try (PackagedFunction function = PackagedFunction.start(folder, environment)) {
            assertThat(function.push(TIME_TO_PUBLISH).statusCode()).isEqualTo(500);
            assertThat(function.endAndReadLog()).anyMatch(line -> line.contains("publish needs a bucket"));
        }
    }

    private PackagedFunction function() throws Exception {
        return PackagedFunction.start(folder, environment());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(bigQuery.baseUrl()));
        environment.put("QUARKUS_FUNQY_EXPORT", "publish");
        environment.put("STATS_PUBLISH_BUCKET", StorageStub.BUCKET);
        environment.put("STATS_PUBLISH_HOST", storage.baseUrl());
        return environment;
    }

    /** BigQuery's response to a query with one column. */
    private static String rows(String column, String rows) {
        return """
                {"jobComplete": true, "jobReference": {"jobId": "1"}, "rows": %s,
                 "schema": {"fields": [{"name": "%s", "type": "STRING"}]}}
                """.formatted(rows, column);
    }
}
