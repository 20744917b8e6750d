package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.delivery.PubSubStub;
import io.spinnaker.stats.storage.BigQueryStub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The function {@code redrive} as deployed. */
@Tag("functions")
class RedriveIT {

    private static final String ROW = new String(Payload.receivedNow().json(), StandardCharsets.UTF_8);

    private final BigQueryStub bigQuery = new BigQueryStub();
    private final PubSubStub pubSub = new PubSubStub();

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        bigQuery.start();
    }

    @AfterEach
    void stop() {
        bigQuery.stop();
        pubSub.close();
    }

    @Test
    void storesADeadLetterUnchanged() throws Exception {
        try (PackagedFunction function = function()) {
            assertThat(function.push(push(ROW)).statusCode()).isEqualTo(200);
            assertThat(bigQuery.newRows()).containsExactly(Json.parse(ROW)); // with its event_id as insertId
            assertThat(pubSub.everything()).isEmpty();
        }
    }

    @Test
    void failsDuringAnOutageSoThatTheMessageIsRedelivered() throws Exception {
        try (PackagedFunction function = function()) {
            bigQuery.failQuoting("secret"); // its table is missing
            assertThat(function.push(push(ROW)).statusCode()).isEqualTo(500);
            assertThat(pubSub.everything()).isEmpty();

            bigQuery.takeEveryRow();
            assertThat(function.push(push(ROW)).statusCode()).isEqualTo(200);
            assertThat(bigQuery.newRows()).containsExactly(Json.parse(ROW));
        }
    }

    @Test
    void parksRowsThatBigQueryRejects() throws Exception {
        try (PackagedFunction function = function()) {
            bigQuery.rejectRowsQuoting("secret");
            assertThat(function.push(push(ROW)).statusCode()).isEqualTo(200);
            assertParked(ROW, "BigQuery rejected the row: invalid at application.id");

            assertThat(function.push(push(ROW)).statusCode()).isEqualTo(200);
            assertThat(pubSub.messages(PubSubStub.PARKED)).hasSize(2);

            assertThat(function.endAndReadLog())
                    .anyMatch(line -> line.contains("parked: BigQuery rejected the row: invalid at application.id"))
                    .noneMatch(line -> line.contains("secret") || line.contains(eventId()));
        }
    }

    /** BigQuery learns a new column some minutes after it was added. */
    @Test
    void retriesAYoungRowThatBigQueryRejects() throws Exception {
        try (PackagedFunction function = function()) {
            bigQuery.rejectRowsQuoting("secret");
            assertThat(function.push(push(ROW, Instant.now())).statusCode()).isEqualTo(500);
            assertThat(pubSub.everything()).isEmpty();

            bigQuery.takeEveryRow();
            assertThat(function.push(push(ROW, Instant.now())).statusCode()).isEqualTo(200);
            assertThat(bigQuery.newRows()).containsExactly(Json.parse(ROW));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not JSON", "[\"event_id\"]"})
    void parksMessagesThatAreNotRows(String data) throws Exception {
        try (PackagedFunction function = function()) {
            assertThat(function.push(push(data)).statusCode()).isEqualTo(200);
            assertParked(data, "not a row of this service");
            assertThat(bigQuery.everything()).isEmpty();
        }
    }

    @Test
    void parksMalformedPush() throws Exception {
        try (PackagedFunction function = function()) {
            assertThat(function.push("{\"no\": \"message\"}").statusCode()).isEqualTo(200);
            assertParked("{\"no\": \"message\"}", "not a row of this service");
        }
    }

    @Test
    void failsIfParkingFails() throws Exception {
        try (PackagedFunction function = function()) {
            pubSub.answer(WireMock.status(403));
            assertThat(function.push(push("not JSON")).statusCode()).isEqualTo(500);
        }
    }

    @Test
    void failsStartupWithoutAParkingTopic() throws Exception {
        try (PackagedFunction function =
                PackagedFunction.start(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            assertThat(function.push(push(ROW)).statusCode()).isEqualTo(500);
            assertThat(function.endAndReadLog()).anyMatch(line -> line.contains("redrive needs a parking topic"));
        }
    }

    private PackagedFunction function() throws Exception {
        Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(bigQuery.baseUrl()));
        environment.put("STATS_DEAD_LETTER_PARKING_TOPIC", PubSubStub.PARKED);
        environment.put("STATS_DEAD_LETTER_HOST", pubSub.baseUrl());
        return PackagedFunction.start(folder, environment);
    }

    private void assertParked(String data, String reason) {
        List<JsonNode> parked = pubSub.messages(PubSubStub.PARKED);
        assertThat(parked).hasSize(1);
        assertThat(PubSubStub.data(parked.getFirst())).isEqualTo(data);
        assertThat(parked.getFirst().at("/attributes/reason").asText()).isEqualTo(reason);
    }

    /** The data as an old push message of Pub/Sub. */
    private static String push(String data) {
        return push(data, Instant.now().minus(2, ChronoUnit.HOURS));
    }

    private static String push(String data, Instant publishTime) {
        return """
                {"message": {"data": "%s", "messageId": "1", "attributes": {}, "publishTime": "%s"},
                 "subscription": "projects/demo/subscriptions/redrive"}
                """.formatted(Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)), publishTime);
    }

    private static String eventId() {
        return Json.parse(ROW).path("event_id").asText();
    }
}
