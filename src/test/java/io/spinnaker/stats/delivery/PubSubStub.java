package io.spinnaker.stats.delivery;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.spinnaker.stats.contract.Json;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A Pub/Sub with two topics that confirms every message unless a test says otherwise, and records them. */
public final class PubSubStub implements AutoCloseable {

    /** The dead-letter topic. */
    public static final String DEAD_LETTERS = "projects/demo/topics/dead-letter";

    /** The parking topic. */
    public static final String PARKED = "projects/demo/topics/parked";

    private final WireMockServer server =
            new WireMockServer(options().dynamicPort().gzipDisabled(true));

    /** Starts the stub. */
    public PubSubStub() {
        server.start();
        answer(okJson("{\"messageIds\": [\"1\"]}"));
    }

    /** Settings that send the dead letters of a service to this stub. */
    public Map<String, String> environment() {
        return Map.of("STATS_DEAD_LETTER_TOPIC", DEAD_LETTERS, "STATS_DEAD_LETTER_HOST", server.baseUrl());
    }

    public String baseUrl() {
        return server.baseUrl();
    }

    /** Sets the response to all further calls. */
    public void answer(ResponseDefinitionBuilder answer) {
        server.resetAll();
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(WireMock.status(501)));
        for (String topic : List.of(DEAD_LETTERS, PARKED)) {
            server.stubFor(post(urlPathEqualTo(publish(topic))).willReturn(answer));
        }
    }

    /** The messages published to a topic. */
    public List<JsonNode> messages(String topic) {
        return server.findAll(WireMock.postRequestedFor(urlPathEqualTo(publish(topic)))).stream()
                .map(request -> Json.parse(request.getBodyAsString()))
                .flatMap(call -> StreamSupport.stream(call.path("messages").spliterator(), false))
                .toList();
    }

    /** The data of a message. */
    public static String data(JsonNode message) {
        return new String(
                Base64.getDecoder().decode(message.path("data").asText()), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Every request so far, with its headers. */
    public List<String> everything() {
        return server.findAll(WireMock.anyRequestedFor(anyUrl())).stream()
                .map(request -> request.getUrl() + request.getHeaders() + request.getBodyAsString())
                .toList();
    }

    private static String publish(String topic) {
        return "/v1/" + topic + ":publish";
    }

    @Override
    public void close() {
        server.stop();
    }
}
