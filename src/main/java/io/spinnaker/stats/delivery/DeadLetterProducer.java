package io.spinnaker.stats.delivery;

import com.google.api.services.pubsub.Pubsub;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.gcp.GoogleClients;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Creates the dead-letter and parking queues that the configuration names. */
final class DeadLetterProducer {

    /** Created at startup, so that an invalid setting fails there; empty if no topic is configured. */
    @Produces
    @Singleton
    @Startup
    Optional<DeadLetterQueue> deadLetters(DeadLetterConfig config, Provider<Pubsub> pubsub, Vertx vertx) {
        return config.topic().map(topic -> queue(topic, "stats.dead-letter.topic", pubsub.get(), vertx));
    }

    /**
     * Google's client; makes no call.
     *
     * @throws ConfigurationException if the host is not a base URL or there are no credentials
     */
    @Produces
    @Singleton
    Pubsub pubsub(DeadLetterConfig config, GoogleClients clients) {
        return clients.pubSub(config.host(), "stats.dead-letter.host");
    }

    /** The queue for rows that storage rejects for good. Only the function {@code redrive} has it, and needs it. */
    static DeadLetterQueue parking(DeadLetterConfig config, Provider<Pubsub> pubsub, Vertx vertx) {
        String topic = config.parkingTopic()
                .orElseThrow(
                        () -> new ConfigurationException(
                                "redrive needs a parking topic; set stats.dead-letter.parking-topic (STATS_DEAD_LETTER_PARKING_TOPIC)"));
        return queue(topic, "stats.dead-letter.parking-topic", pubsub.get(), vertx);
    }

    /** Chooses the transport: another one is a class and a line here. */
    private static DeadLetterQueue queue(String topic, String setting, Pubsub pubsub, Vertx vertx) {
        return new PubSubTopic(topic, setting, pubsub, vertx);
    }
}
