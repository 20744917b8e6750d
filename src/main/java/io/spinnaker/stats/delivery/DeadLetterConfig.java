package io.spinnaker.stats.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where rows wait that the warehouse could not take. */
@ConfigMapping(prefix = "stats.dead-letter")
public interface DeadLetterConfig {

    /** The topic, as {@code projects/P/topics/T}. Unset, there is none: such a row is answered 503. */
    Optional<String> topic();

    /**
     * The topic for what the warehouse refuses for good, as {@code projects/P/topics/T}. Used by the function {@code
     * redrive} alone, which needs it.
     */
    Optional<String> parkingTopic();

    /** Base URL of the API. Plain http (an emulator) is called without credentials. */
    @WithDefault("https://pubsub.googleapis.com")
    URI host();
}
