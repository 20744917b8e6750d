package io.spinnaker.stats.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.deadletter.Delivery.Outcome;
import io.spinnaker.stats.warehouse.Row;
import io.spinnaker.stats.watch.Counts;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

class DeliveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final PubSubStub pubSub = new PubSubStub();
    private final Row row = Payload.receivedNow();

    private @Nullable NotCommittedException warehouseFails;
    private final List<Row> tried = new ArrayList<>();
    private final List<Row> stored = new ArrayList<>();

    private final Delivery delivery = delivery(Optional.of(PubSubStub.DEAD_LETTERS));

    @AfterEach
    void close() {
        pubSub.close();
        vertx.close();
    }

    private CompletionStage<Void> insert(Row row, Deadline deadline) {
        assertThat(deadline.millisLeft()).isPositive();
        tried.add(row);
        if (warehouseFails != null) {
            return CompletableFuture.failedStage(warehouseFails);
        }
        stored.add(row);
        return CompletableFuture.completedStage(null);
    }

    @Test
    void theWarehouseComesFirst() {
        assertThat(deliver()).isEqualTo(Outcome.STORED);
        assertThat(stored).containsExactly(row);
        assertThat(pubSub.everything()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheWarehouseDoesNotTakeIsDeadLetteredAsItIs(Why why) {
        warehouseFails = new NotCommittedException(why, "no");
        assertThat(deliver()).isEqualTo(Outcome.DEAD_LETTERED);

        List<JsonNode> messages = pubSub.messages(PubSubStub.DEAD_LETTERS);
        assertThat(messages).hasSize(1);
        assertThat(PubSubStub.data(messages.getFirst())).isEqualTo(new String(row.json(), StandardCharsets.UTF_8));
        assertThat(messages.getFirst().path("attributes"))
                .isEqualTo(Json.parse("{\"event_id\": \"%s\"}".formatted(row.id())));
    }

    @Test
    void sendsNoCredentialsInPlainText() {
        warehouseFails = new NotCommittedException(Why.UNAVAILABLE, "no");
        deliver();
        assertThat(pubSub.everything()).noneMatch(request -> request.contains("Authorization"));
    }

    @Test
    void aWarehouseThatIsDownIsNotAskedByEverybody() {
        warehouseFails = new NotCommittedException(Why.UNAVAILABLE, "down");
        for (int i = 0; i < 5; i++) {
            assertThat(deliver()).isEqualTo(Outcome.DEAD_LETTERED);
        }
        assertThat(tried).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Why.class,
            names = {"NOT_NOW", "REFUSED"})
    void aWarehouseThatIsUpIsAskedEveryTime(Why why) {
        warehouseFails = new NotCommittedException(why, "not this one");
        deliver();
        deliver();
        assertThat(tried).hasSize(2);
    }

    @Test
    void whileTheWarehouseIsDownItIsTheSecondWay() {
        warehouseFails = new NotCommittedException(Why.UNAVAILABLE, "down");
        deliver();
        warehouseFails = null;
        pubSub.answer(WireMock.status(403));
        assertThat(deliver()).isEqualTo(Outcome.STORED);
        assertThat(deliver()).as("now it is known to be up").isEqualTo(Outcome.STORED);
        assertThat(pubSub.everything()).hasSize(1);
    }

    @Test
    void whenNeitherTakesItBothReasonsAreTold() {
        warehouseFails = new NotCommittedException(Why.UNAVAILABLE, "down");
        pubSub.answer(WireMock.status(403).withBody("{\"error\": {\"status\": \"PERMISSION_DENIED\"}}"));
        String refused = "Pub/Sub refuses projects/demo/topics/dead-letter to this service (403 PERMISSION_DENIED);"
                + " unless that is a quota, its account needs pubsub.topics.publish on the topic";
        assertNotDelivered(delivery, "down; " + refused);
        assertNotDelivered(delivery, refused + "; down");
    }

    @Test
    void withoutATopicTheWarehouseIsTheOnlyWay() {
        Delivery alone = delivery(Optional.empty());
        warehouseFails = new NotCommittedException(Why.UNAVAILABLE, "down");
        assertNotDelivered(alone, "down");
        assertNotDelivered(alone, "down");
        assertThat(tried).hasSize(2);
    }

    @Test
    void triesPubSubAgainWhenThatCanHelp() {
        warehouseFails = new NotCommittedException(Why.UNAVAILABLE, "down");
        pubSub.answer(WireMock.status(503));
        assertNotDelivered(delivery, "down; Pub/Sub answered 503");
        assertThat(pubSub.messages(PubSubStub.DEAD_LETTERS)).hasSizeGreaterThan(1);
    }

    @Test
    void saysThatATopicIsNone() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> delivery(Optional.of("dead-letter")))
                .withMessage("stats.dead-letter.topic is no topic's name: write projects/PROJECT/topics/TOPIC");
    }

    private Delivery delivery(Optional<String> topic) {
        return new Delivery(
                this::insert,
                new Config(topic, Optional.empty(), URI.create(pubSub.baseUrl())),
                new Counts(vertx),
                vertx);
    }

    private Outcome deliver() {
        return delivery.deliver(row, Deadline.in(PATIENCE))
                .toCompletableFuture()
                .join();
    }

    private void assertNotDelivered(Delivery by, String reason) {
        assertThat(by.deliver(row, Deadline.in(Duration.ofSeconds(3))))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NotCommittedException.class)
                .withMessage(reason);
    }

    private record Config(Optional<String> topic, Optional<String> parkingTopic, URI host)
            implements DeadLetterConfig {}
}
