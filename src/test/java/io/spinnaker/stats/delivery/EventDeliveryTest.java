package io.spinnaker.stats.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.google.api.services.pubsub.Pubsub;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.batch.WriteFailedException;
import io.spinnaker.stats.batch.WriteFailedException.Cause;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.delivery.EventDelivery.Result;
import io.spinnaker.stats.gcp.GoogleClients;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.storage.Row;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDeliveryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final PubSubStub pubSub = new PubSubStub();
    private final Row row = Payload.receivedNow();

    private @Nullable WriteFailedException storageFailure;
    private final List<Row> attempted = new ArrayList<>();
    private final List<Row> stored = new ArrayList<>();

    private final EventDelivery delivery = delivery(Optional.of(PubSubStub.DEAD_LETTERS));

    @AfterEach
    void close() {
        pubSub.close();
        vertx.close();
    }

    private CompletionStage<Void> insert(Row row, Deadline deadline) {
        assertThat(deadline.remainingMillis()).isPositive();
        attempted.add(row);
        if (storageFailure != null) {
            return CompletableFuture.failedStage(storageFailure);
        }
        stored.add(row);
        return CompletableFuture.completedStage(null);
    }

    @Test
    void writesToStorageFirst() {
        assertThat(deliver()).isEqualTo(Result.STORED);
        assertThat(stored).containsExactly(row);
        assertThat(pubSub.everything()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deadLettersTheRowUnchangedWhenStorageFails(Cause cause) {
        storageFailure = new WriteFailedException(cause, "no");
        assertThat(deliver()).isEqualTo(Result.DEAD_LETTERED);

        List<JsonNode> messages = pubSub.messages(PubSubStub.DEAD_LETTERS);
        assertThat(messages).hasSize(1);
        assertThat(PubSubStub.data(messages.getFirst())).isEqualTo(new String(row.json(), StandardCharsets.UTF_8));
        assertThat(messages.getFirst().path("attributes"))
                .isEqualTo(Json.parse("{\"event_id\": \"%s\"}".formatted(row.id())));
    }

    @Test
    void sendsNoCredentialsInPlainText() {
        storageFailure = new WriteFailedException(Cause.UNAVAILABLE, "no");
        deliver();
        assertThat(pubSub.everything()).noneMatch(request -> request.contains("Authorization"));
    }

    @Test
    void skipsStorageWhileTheBreakerIsOpen() {
        storageFailure = new WriteFailedException(Cause.UNAVAILABLE, "down");
        for (int i = 0; i < 5; i++) {
            assertThat(deliver()).isEqualTo(Result.DEAD_LETTERED);
        }
        assertThat(attempted).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"OVERLOADED", "REJECTED"})
    void keepsTheBreakerClosedForFailuresOfSingleRows(Cause cause) {
        storageFailure = new WriteFailedException(cause, "not this one");
        deliver();
        deliver();
        assertThat(attempted).hasSize(2);
    }

    @Test
    void fallsBackToStorageWhileTheBreakerIsOpen() {
        storageFailure = new WriteFailedException(Cause.UNAVAILABLE, "down");
        deliver();
        storageFailure = null;
        pubSub.answer(WireMock.status(403));
        assertThat(deliver()).isEqualTo(Result.STORED);
        assertThat(deliver()).as("now it is known to be up").isEqualTo(Result.STORED);
        assertThat(pubSub.everything()).hasSize(1);
    }

    @Test
    void reportsBothReasonsWhenBothFail() {
        storageFailure = new WriteFailedException(Cause.UNAVAILABLE, "down");
        pubSub.answer(WireMock.jsonResponse("{\"error\": {\"status\": \"PERMISSION_DENIED\"}}", 403));
        String denied = "Pub/Sub denies access to projects/demo/topics/dead-letter (403 PERMISSION_DENIED);"
                + " unless this is a quota, grant pubsub.topics.publish on the topic";
        assertNotDelivered(delivery, "down; " + denied);
        assertNotDelivered(delivery, denied + "; down");
    }

    @Test
    void alwaysUsesStorageWithoutATopic() {
        EventDelivery alone = delivery(Optional.empty());
        storageFailure = new WriteFailedException(Cause.UNAVAILABLE, "down");
        assertNotDelivered(alone, "down");
        assertNotDelivered(alone, "down");
        assertThat(attempted).hasSize(2);
    }

    @Test
    void retriesPubSubOnARetryableStatus() {
        storageFailure = new WriteFailedException(Cause.UNAVAILABLE, "down");
        pubSub.answer(WireMock.status(503));
        assertNotDelivered(delivery, "down; Pub/Sub responded 503");
        assertThat(pubSub.messages(PubSubStub.DEAD_LETTERS)).hasSizeGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead-letter", "projects/a b/topics/dead-letter", "projects/demo/topics/letters?x"})
    void rejectsInvalidTopicName(String name) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> delivery(Optional.of(name)))
                .withMessage(
                        "stats.dead-letter.topic is not a valid topic name; expected projects/PROJECT/topics/TOPIC");
    }

    private EventDelivery delivery(Optional<String> topic) {
        return new EventDelivery(
                this::insert,
                new DeadLetterProducer()
                        .deadLetters(
                                new Config(topic, Optional.empty(), URI.create(pubSub.baseUrl())), this::pubsub, vertx),
                new LogMetrics(vertx),
                Clock.systemUTC());
    }

    private Result deliver() {
        return delivery.deliver(row, Deadline.after(TIMEOUT))
                .toCompletableFuture()
                .join();
    }

    private void assertNotDelivered(EventDelivery by, String reason) {
        assertThat(by.deliver(row, Deadline.after(Duration.ofSeconds(3))))
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(DeliveryFailedException.class)
                .withMessage(reason);
    }

    private Pubsub pubsub() {
        return GoogleClients.withoutCredentials().pubSub(URI.create(pubSub.baseUrl()), "host");
    }

    private record Config(Optional<String> topic, Optional<String> parkingTopic, URI host)
            implements DeadLetterConfig {}
}
