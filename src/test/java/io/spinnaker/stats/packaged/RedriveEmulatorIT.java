package io.spinnaker.stats.packaged;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.delivery.PubSubStub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A BigQuery outage end to end: the executable acknowledges, Pub/Sub keeps and redelivers, the function stores every row once.
 * Runs only with {@code -Dgroups=emulator}, because it needs {@link Emulators} and the functions' jar.
 */
@Tag("emulator")
class RedriveEmulatorIT {

    private static final String DATASET = "redrive";
    private static final String REDRIVE = "projects/demo/subscriptions/redrive";
    private static final String LOOK_AT_PARKED = "projects/demo/subscriptions/look-at-parked";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** A proxy before BigQuery that simulates an outage. */
    private final WireMockServer bigQuery = new WireMockServer(options().dynamicPort());

    /** A proxy between Pub/Sub and the function that adds Eventarc's headers. */
    private final WireMockServer eventarc = new WireMockServer(options().dynamicPort());

    @TempDir
    Path folder;

    @BeforeAll
    static void makeTableAndTopics() throws Exception {
        Emulators.createEventsTable(DATASET);
        for (String topic : List.of(PubSubStub.DEAD_LETTERS, PubSubStub.PARKED)) {
            Emulators.askPubSub("PUT", topic, "{}");
        }
        Emulators.askPubSub("PUT", LOOK_AT_PARKED, "{\"topic\": \"%s\"}".formatted(PubSubStub.PARKED));
    }

    @BeforeEach
    void start() throws Exception {
        bigQuery.start();
        eventarc.start();
        Emulators.askPubSub("PUT", REDRIVE, """
                {"topic": "%s", "pushConfig": {"pushEndpoint": "%s/"},
                 "retryPolicy": {"minimumBackoff": "1s", "maximumBackoff": "2s"}}
                """.formatted(PubSubStub.DEAD_LETTERS, eventarc.baseUrl()));
    }

    @AfterEach
    void stop() throws Exception {
        Emulators.askPubSub("DELETE", REDRIVE, "");
        bigQuery.stop();
        eventarc.stop();
    }

    @Test
    void storesEveryAcknowledgedRowOnce() throws Exception {
        bigQueryAnswers(status(503));
        CountDownLatch pushFailed = new CountDownLatch(1);
        eventarc.addMockServiceRequestListener((push, answer) -> {
            if (answer.getStatus() == 500) {
                pushFailed.countDown();
            }
        });
        try (PackagedService service = new PackagedService(folder, environment());
                PackagedFunction function = PackagedFunction.start(folder, environment())) {
            forwardPushesTo(function);
            List<Payload> payloads = Payload.all().subList(0, 20);
            for (Payload payload : payloads) {
                assertThat(service.post(payload.body()).statusCode()).isEqualTo(202);
            }
            assertThat(pushFailed.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Emulators.rows(DATASET)).isEmpty();

            bigQueryAnswers(aResponse().proxiedFrom(Emulators.bigQuery()));
            List<JsonNode> rows = awaitRows(payloads.size());
            assertThat(rows).hasSize(payloads.size());
            assertThat(rows).map(row -> row.path("event_id").asText()).doesNotHaveDuplicates();
            assertThat(rows)
                    .map(row -> row.at("/execution/id").asText())
                    .containsExactlyInAnyOrderElementsOf(payloads.stream()
                            .map(payload -> payload.row().at("/execution/id").asText())
                            .toList());
        }
    }

    @Test
    void parksMessagesThatAreNotRows() throws Exception {
        bigQueryAnswers(aResponse().proxiedFrom(Emulators.bigQuery()));
        try (PackagedFunction function = PackagedFunction.start(folder, environment())) {
            forwardPushesTo(function);
            Emulators.askPubSub(
                    "POST", PubSubStub.DEAD_LETTERS + ":publish", "{\"messages\": [{\"data\": \"bm8gcm93\"}]}");
            JsonNode parked = awaitParked();
            assertThat(PubSubStub.data(parked)).isEqualTo("no row");
            assertThat(parked.at("/attributes/reason").asText()).isEqualTo("not a row of this service");
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(bigQuery.baseUrl()));
        environment.put("STATS_STORAGE_BIGQUERY_DATASET", DATASET);
        environment.put("STATS_DEAD_LETTER_HOST", Emulators.pubSub());
        environment.put("STATS_DEAD_LETTER_TOPIC", PubSubStub.DEAD_LETTERS);
        environment.put("STATS_DEAD_LETTER_PARKING_TOPIC", PubSubStub.PARKED);
        return environment;
    }

    private void bigQueryAnswers(ResponseDefinitionBuilder answer) {
        bigQuery.resetMappings();
        bigQuery.stubFor(any(anyUrl()).willReturn(answer));
    }

    private void forwardPushesTo(PackagedFunction function) {
        ResponseDefinitionBuilder.ProxyResponseDefinitionBuilder forwarded =
                aResponse().proxiedFrom(function.baseUrl());
        PackagedFunction.EVENTARC_HEADERS.forEach(forwarded::withAdditionalRequestHeader);
        eventarc.stubFor(any(anyUrl()).willReturn(forwarded));
    }

    /** A query takes two seconds, so no pause is needed between attempts. */
    private static List<JsonNode> awaitRows(int count) throws Exception {
        Instant end = Instant.now().plus(TIMEOUT);
        List<JsonNode> rows = Emulators.rows(DATASET);
        while (rows.size() < count) {
            assertThat(Instant.now())
                    .as("%d rows; there are %d", count, rows.size())
                    .isBefore(end);
            rows = Emulators.rows(DATASET);
        }
        return rows;
    }

    private static JsonNode awaitParked() throws Exception {
        Instant end = Instant.now().plus(TIMEOUT);
        while (true) {
            JsonNode pulled = Emulators.askPubSub("POST", LOOK_AT_PARKED + ":pull", "{\"maxMessages\": 1}");
            if (pulled.has("receivedMessages")) {
                return pulled.at("/receivedMessages/0/message");
            }
            assertThat(Instant.now()).as("a parked message").isBefore(end);
        }
    }
}
