package io.spinnaker.stats.storage;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.spinnaker.stats.contract.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries over HTTP: requests, polling and paging. */
class BigQuerySqlEngineTest {

    private static final String QUERIES = "/bigquery/v2/projects/demo/queries";
    private static final String JOB = QUERIES + "/job-1";
    private static final String REFERENCE =
            "\"jobReference\":{\"projectId\":\"demo\",\"jobId\":\"job-1\",\"location\":\"EU\"}";
    private static final String SCHEMA =
            "\"schema\":{\"fields\":[{\"name\":\"day\",\"type\":\"DATE\"},{\"name\":\"events\",\"type\":\"INTEGER\"}]}";

    private final WireMockServer server = new WireMockServer(options().dynamicPort());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void pollsUntilAQueryIsComplete() {
        server.stubFor(query().willReturn(okJson("{\"jobComplete\":false," + REFERENCE + "}")));
        server.stubFor(job().inScenario("wait")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("done")
                .willReturn(okJson("{\"jobComplete\":false," + REFERENCE + "}")));
        server.stubFor(
                job().inScenario("wait").whenScenarioStateIs("done").willReturn(okJson(answer("2026-11-22", "7", ""))));
        assertThat(ask()).containsExactly(row("2026-11-22", 7L));
    }

    @Test
    void fetchesAllPages() {
        server.stubFor(query().willReturn(okJson(answer("2026-11-20", "1", ",\"pageToken\":\"two\""))));
        server.stubFor(job().withQueryParam("pageToken", equalTo("two"))
                .willReturn(okJson(answer("2026-11-21", "2", ",\"pageToken\":\"three\""))));
        server.stubFor(
                job().withQueryParam("pageToken", equalTo("three")).willReturn(okJson(answer("2026-11-22", null, ""))));
        assertThat(ask()).containsExactly(row("2026-11-20", 1L), row("2026-11-21", 2L), row("2026-11-22", null));
    }

    @Test
    void retriesWithTheSameRequestId() {
        server.stubFor(query().inScenario("reset")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("up")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        server.stubFor(query().inScenario("reset")
                .whenScenarioStateIs("up")
                .willReturn(okJson(answer("2026-11-22", "7", ""))));
        assertThat(ask()).hasSize(1);
        assertThat(requests()).hasSizeGreaterThan(1);
        assertThat(requests().stream().map(request -> request.path("requestId").asText()))
                .allMatch(id -> id.length() == 36)
                .containsOnly(requests().getFirst().path("requestId").asText());
    }

    @Test
    void limitsBilledBytes() {
        server.stubFor(query().willReturn(okJson(answer("2026-11-22", "7", ""))));
        ask();
        assertThat(requests()).allSatisfy(request -> {
            assertThat(request.path("maximumBytesBilled").asText()).isEqualTo("1000000000");
            assertThat(request.path("useLegacySql").asBoolean(true)).isFalse();
        });
    }

    @Test
    void describesErrorsWithoutQuotingBigQuery() {
        server.stubFor(query().willReturn(BigQueryStub.error(400, "bytesBilledLimitExceeded", "secret")));
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(this::ask)
                .withMessageContaining("400 bytesBilledLimitExceeded")
                .withMessageContaining("stats.storage.bigquery.maximum-bytes-billed")
                .withMessageNotContaining("secret");
    }

    private List<Map<String, @Nullable Object>> ask() {
        return TestStorage.bigQuery(URI.create(server.baseUrl()), "stats").query("SELECT day, events FROM t");
    }

    private List<JsonNode> requests() {
        return server.findAll(postRequestedFor(urlPathEqualTo(QUERIES))).stream()
                .map(request -> Json.parse(request.getBodyAsString()))
                .toList();
    }

    private static MappingBuilder query() {
        return post(urlPathEqualTo(QUERIES));
    }

    /** The request names the location of the job. */
    private static MappingBuilder job() {
        return get(urlPathEqualTo(JOB)).withQueryParam("location", equalTo("EU"));
    }

    private static String answer(String day, @Nullable String events, String more) {
        return "{\"jobComplete\":true,%s,%s,\"rows\":[{\"f\":[{\"v\":\"%s\"},{\"v\":%s}]}]%s}"
                .formatted(REFERENCE, SCHEMA, day, events == null ? "null" : '"' + events + '"', more);
    }

    private static Map<String, @Nullable Object> row(String day, @Nullable Long events) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("day", day);
        row.put("events", events);
        return row;
    }
}
