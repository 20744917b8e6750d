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

    private static final String PROJECT = "/bigquery/v2/projects/demo";
    private static final String QUERIES = PROJECT + "/queries";
    private static final String REFERENCE =
            "\"jobReference\":{\"projectId\":\"demo\",\"jobId\":\"job-1\",\"location\":\"EU\"}";
    private static final String SCHEMA =
            "\"schema\":{\"fields\":[{\"name\":\"day\",\"type\":\"DATE\"},{\"name\":\"events\",\"type\":\"INTEGER\"}]}";

    private static final String ANSWER = answer(row("2026-11-22", "7"), row("2026-11-23", "8"), "");

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
    void returnsIntegersAndText() {
        server.stubFor(query().willReturn(okJson(answer(row("2026-11-22", "7"), row("2026-11-23", null), ""))));
        assertThat(ask()).containsExactly(result("2026-11-22", 7L), result("2026-11-23", null));
    }

    /** The client then asks for the job, waits for it, and reads the table of the result. */
    @Test
    void waitsForALongQuery() {
        server.stubFor(query().willReturn(okJson("{\"jobComplete\":false," + REFERENCE + "}")));
        job();
        server.stubFor(results()
                .inScenario("wait")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("done")
                .willReturn(okJson("{\"jobComplete\":false," + REFERENCE + "}")));
        server.stubFor(results()
                .inScenario("wait")
                .whenScenarioStateIs("done")
                .willReturn(okJson("{\"jobComplete\":true,\"totalRows\":\"1\",%s,%s}".formatted(REFERENCE, SCHEMA))));
        server.stubFor(resultTable()
                .willReturn(okJson("{\"totalRows\":\"4\",\"rows\":[%s]}".formatted(row("2026-11-22", "7")))));
        assertThat(ask()).containsExactly(result("2026-11-22", 7L));
    }

    @Test
    void fetchesAllPages() {
        server.stubFor(query().willReturn(okJson(answer(row("2026-11-20", "1"), row("2026-11-21", "2"), "two"))));
        job();
        server.stubFor(resultTable()
                .withQueryParam("pageToken", equalTo("two"))
                .willReturn(okJson("{\"totalRows\":\"4\",\"rows\":[%s],\"pageToken\":\"three\"}"
                        .formatted(row("2026-11-22", "3")))));
        server.stubFor(resultTable()
                .withQueryParam("pageToken", equalTo("three"))
                .willReturn(okJson("{\"totalRows\":\"4\",\"rows\":[%s]}".formatted(row("2026-11-23", "4")))));
        assertThat(ask())
                .containsExactly(
                        result("2026-11-20", 1L),
                        result("2026-11-21", 2L),
                        result("2026-11-22", 3L),
                        result("2026-11-23", 4L));
    }

    @Test
    void retriesWithTheSameRequestId() {
        server.stubFor(query().inScenario("reset")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("up")
                .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        server.stubFor(query().inScenario("reset").whenScenarioStateIs("up").willReturn(okJson(ANSWER)));
        assertThat(ask()).hasSize(2);
        assertThat(requests()).hasSizeGreaterThan(1);
        assertThat(requests().stream().map(request -> request.path("requestId").asText()))
                .allMatch(id -> id.length() == 36)
                .containsOnly(requests().getFirst().path("requestId").asText());
    }

    @Test
    void limitsBilledBytes() {
        server.stubFor(query().willReturn(okJson(ANSWER)));
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

    @Test
    void namesTheReasonOfAFailedJob() {
        server.stubFor(query().willReturn(okJson("{\"jobComplete\":false,%s,\"errors\":[%s]}"
                .formatted(REFERENCE, "{\"reason\":\"resourcesExceeded\",\"message\":\"secret\"}"))));
        assertThatExceptionOfType(QueryFailedException.class)
                .isThrownBy(this::ask)
                .withMessage("BigQuery responded 200 resourcesExceeded");
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

    private void job() {
        server.stubFor(get(urlPathEqualTo(PROJECT + "/jobs/job-1"))
                .withQueryParam("location", equalTo("EU"))
                .willReturn(okJson("""
                        {%s, "status": {"state": "DONE"}, "configuration": {"jobType": "QUERY", "query": {"query": "SELECT",
                         "destinationTable": {"projectId": "demo", "datasetId": "_1", "tableId": "anon"}}}}
                        """.formatted(REFERENCE))));
    }

    private static MappingBuilder results() {
        return get(urlPathEqualTo(QUERIES + "/job-1")).withQueryParam("location", equalTo("EU"));
    }

    private static MappingBuilder resultTable() {
        return get(urlPathEqualTo(PROJECT + "/datasets/_1/tables/anon/data"));
    }

    private static String answer(String first, String second, String pageToken) {
        return "{\"jobComplete\":true,\"totalRows\":\"2\",%s,%s,\"rows\":[%s,%s]%s}"
                .formatted(
                        REFERENCE,
                        SCHEMA,
                        first,
                        second,
                        pageToken.isEmpty() ? "" : ",\"pageToken\":\"" + pageToken + '"');
    }

    private static String row(String day, @Nullable String events) {
        return "{\"f\":[{\"v\":\"%s\"},{\"v\":%s}]}".formatted(day, events == null ? "null" : '"' + events + '"');
    }

    private static Map<String, @Nullable Object> result(String day, @Nullable Long events) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("day", day);
        row.put("events", events);
        return row;
    }
}
