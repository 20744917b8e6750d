package io.spinnaker.stats.delivery;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Creates the dead-letter and parking queues that the configuration names. */
final class DeadLetterProducer {

    /** Created at startup, so that an invalid setting fails there; empty if no topic is configured. */
    @Produces
    @Singleton
    @Startup
    Optional<DeadLetterQueue> deadLetters(DeadLetterConfig config, Vertx vertx) {
        return config.topic().map(topic -> queue(topic, "stats.dead-letter.topic", config, vertx));
    }

    /** The queue for rows that storage rejects for good. Only the function {@code redrive} has it, and needs it. */
    static DeadLetterQueue parking(DeadLetterConfig config, Vertx vertx) {
        String topic = config.parkingTopic()
                .orElseThrow(
                        () -> new ConfigurationException(
                                "redrive needs a parking topic; set stats.dead-letter.parking-topic (STATS_DEAD_LETTER_PARKING_TOPIC)"));
        return queue(topic, "stats.dead-letter.parking-topic", config, vertx);
    }

    /** Chooses the transport: another one is a class and a line here. */
    private static DeadLetterQueue queue(String topic, String setting, DeadLetterConfig config, Vertx vertx) {
        return new PubSubTopic(topic, setting, config.host(), vertx);
    }
}
