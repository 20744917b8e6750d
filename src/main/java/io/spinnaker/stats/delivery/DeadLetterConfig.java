package io.spinnaker.stats.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Settings of the dead-letter queue. */
@ConfigMapping(prefix = "stats.dead-letter")
public interface DeadLetterConfig {

    /** The topic, as {@code projects/PROJECT/topics/TOPIC}. Unset: events that storage does not take get 503. */
    Optional<String> topic();

    /**
     * The topic for rows that storage rejects for good, as {@code projects/PROJECT/topics/TOPIC}. Required where the
     * function {@code redrive} runs; nothing else uses it.
     */
    Optional<String> parkingTopic();

    /** Base URL of the API. Plain http (an emulator) is called without credentials. */
    @WithDefault("https://pubsub.googleapis.com")
    URI host();
}
