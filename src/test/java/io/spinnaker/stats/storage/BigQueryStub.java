package io.spinnaker.stats.storage;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A BigQuery that takes every row of {@code demo.stats.events}, unless told otherwise, and remembers what it was asked.
 */
public final class BigQueryStub implements QuarkusTestResourceLifecycleManager {

    /** The path of insertAll. */
    public static final String INSERT_ALL = "/bigquery/v2/projects/demo/datasets/stats/tables/events/insertAll";

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().gzipDisabled(true).extensions(new Refusals()));

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> poisonous = ConcurrentHashMap.newKeySet();

    @Override
    public Map<String, String> start() {
        server.start();
        takeEveryRow();
        return Map.of(
                "stats.storage.kind", "bigquery",
                "stats.storage.bigquery.project", "demo",
                "stats.storage.bigquery.host", server.baseUrl());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(BigQueryStub.class));
    }

    @Override
    public void stop() {
        server.stop();
    }

    public String baseUrl() {
        return server.baseUrl();
    }

    public void takeEveryRow() {
        refused.clear();
        poisonous.clear();
        server.resetAll();
        answer(stored());
    }

    /** Takes every row, but responds late. */
    public void delayResponses(int millis) {
        answer(stored().withFixedDelay(millis));
    }

    static ResponseDefinitionBuilder stored() {
        return okJson("{\"kind\":\"bigquery#tableDataInsertAllResponse\"}");
    }

    /** Sets the responses to the next calls; the last one also applies to all further calls. */
    void answer(ResponseDefinitionBuilder... answers) {
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(WireMock.status(501)));
        for (int i = 0; i < answers.length; i++) {
            server.stubFor(post(urlPathEqualTo(INSERT_ALL))
                    .inScenario("answers")
                    .whenScenarioStateIs(state(i))
                    .willSetStateTo(state(Math.min(i + 1, answers.length - 1)))
                    .willReturn(answers[i]));
        }
    }

    /** The scenario state before the response with the given index. */
    private static String state(int answer) {
        return answer == 0 ? Scenario.STARTED : String.valueOf(answer);
    }

    /** Responds with an error whose message quotes the request, as Google's do. */
    static ResponseDefinitionBuilder error(int code, String reason, String quoted) {
        return WireMock.status(code)
                .withHeader("Content-Type", "application/json")
                .withBody("""
                {"error": {"code": %1$d, "message": "%3$s", "errors": [{"reason": "%2$s", "message": "%3$s"}]}}
                """.formatted(code, reason, quoted));
    }

    /** Rejects the row with the given id in every call, and only that row. */
    void failRejected(String insertId) {
        refused.add(insertId);
    }

    /** Responds 400 to every call that contains the row with the given id. */
    void poison(String insertId) {
        poisonous.add(insertId);
    }

    private final class Refusals implements ResponseDefinitionTransformerV2 {
        @Override
        public ResponseDefinition transform(ServeEvent call) {
            List<String> ids =
                    Json.parse(call.getRequest().getBodyAsString()).path("rows").findValuesAsText("insertId");
            if (ids.stream().anyMatch(poisonous::contains)) {
                return error(400, "invalid", "secret").build();
            }
            if (ids.stream().anyMatch(refused::contains)) {
                return okJson(IntStream.range(0, ids.size())
                                .filter(index -> refused.contains(ids.get(index)))
                                .mapToObj(index -> """
                                        {"index": %d, "errors": [{"reason": "invalid", "location": "application"}]}
                                        """.formatted(index))
                                .collect(Collectors.joining(",", "{\"insertErrors\": [", "]}")))
                        .build();
            }
            return call.getResponseDefinition();
        }

        @Override
        public String getName() {
            return "refusals";
        }
    }

    static ResponseDefinitionBuilder insertError(String reason, String location, String quoted) {
        return okJson("""
                {"insertErrors": [{"index": 0, "errors": [{"reason": "%s", "location": "%s", "message": "%s"}]}]}
                """.formatted(reason, location, quoted));
    }

    public void rejectRowsQuoting(String text) {
        answer(insertError("invalid", "application.id", text));
    }

    public void failQuoting(String text) {
        answer(error(404, "notFound", text));
    }

    /** Every request so far, with its headers. */
    public List<String> everything() {
        return server.findAll(WireMock.anyRequestedFor(anyUrl())).stream()
                .map(request -> request.getUrl() + request.getHeaders() + request.getBodyAsString())
                .toList();
    }

    /** The requests since the last call. */
    List<LoggedRequest> newRequests() {
        List<LoggedRequest> requests = server.findAll(WireMock.anyRequestedFor(anyUrl()));
        server.resetRequests();
        return requests;
    }

    /** The rows received since the last call; asserts that each insertId is the event_id. */
    public List<JsonNode> newRows() {
        return newRequests().stream()
                .map(request -> Json.parse(request.getBodyAsString()))
                .flatMap(call -> StreamSupport.stream(call.path("rows").spliterator(), false))
                .map(row -> {
                    assertThat(row.path("insertId")).isEqualTo(row.at("/json/event_id"));
                    return row.path("json");
                })
                .toList();
    }
}
