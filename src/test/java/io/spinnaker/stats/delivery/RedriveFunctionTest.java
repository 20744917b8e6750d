package io.spinnaker.stats.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.gcp.GoogleClients;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.storage.Row;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rejected rows are retried and which are parked. */
class RedriveFunctionTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final PubSubStub pubSub = new PubSubStub();
    private final Row row = Payload.receivedNow();
    private final RedriveFunction function = new RedriveFunction(
            (rejected, deadline) -> CompletableFuture.failedStage(
                    new WriteFailedException(Cause.REJECTED, "BigQuery rejected the row: no such field")),
            new Config(Optional.empty(), Optional.of(PubSubStub.PARKED), URI.create(pubSub.baseUrl())),
            () -> GoogleClients.withoutCredentials().pubSub(URI.create(pubSub.baseUrl()), "host"),
            new LogMetrics(vertx),
            vertx,
            Clock.fixed(NOW, ZoneOffset.UTC));

    private record Config(Optional<String> topic, Optional<String> parkingTopic, URI host)
            implements DeadLetterConfig {}

    @AfterEach
    void close() {
        pubSub.close();
        vertx.close();
    }

    /** BigQuery learns a new column some minutes after it was added. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28T11:00:00.001Z", "2026-11-28T11:59:59Z", "2026-11-28T12:00:05Z"})
    void retriesARejectedRowForAnHour(String publishTime) {
        byte[] push = push("\"publishTime\": \"%s\",".formatted(publishTime));
        assertThatExceptionOfType(WriteFailedException.class)
                .isThrownBy(() -> function.redrive(push))
                .withMessage("BigQuery rejected the row: no such field");
        assertThat(pubSub.everything()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-28T11:00:00Z", "2026-11-27T12:00:00.123456789Z", "yesterday", ""})
    void parksARejectedRowAfterAnHour(String publishTime) {
        function.redrive(push("\"publishTime\": \"%s\",".formatted(publishTime)));
        assertParked();
    }

    @Test
    void parksARejectedRowOfUnknownAge() {
        function.redrive(push(""));
        assertParked();
    }

    private void assertParked() {
        assertThat(pubSub.messages(PubSubStub.PARKED))
                .map(PubSubStub::data)
                .containsExactly(new String(row.json(), StandardCharsets.UTF_8));
    }

    private byte[] push(String field) {
        String data = Base64.getEncoder().encodeToString(row.json());
        return "{\"message\": {%s \"data\": \"%s\", \"messageId\": \"1\"}}"
                .formatted(field, data)
                .getBytes(StandardCharsets.UTF_8);
    }
}
