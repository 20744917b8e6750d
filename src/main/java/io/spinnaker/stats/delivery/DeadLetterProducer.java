package io.spinnaker.stats.delivery;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Creates the dead-letter queue that the configuration names. Another transport is one class and one line here. */
final class DeadLetterProducer {

    /** Created at startup, so that an invalid setting fails there; empty if no topic is configured. */
    @Produces
    @Singleton
    @Startup
    Optional<DeadLetterQueue> queue(DeadLetterConfig config, Vertx vertx) {
        return config.topic().map(name -> {
            PubSubTopic topic = new PubSubTopic(name, "stats.dead-letter.topic", config.host(), vertx);
            return (row, deadline) -> topic.publish(PubSubMessages.of(row), deadline);
        });
    }
}
