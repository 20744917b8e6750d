package io.spinnaker.stats.publish;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Settings of the function {@code publish}. */
@ConfigMapping(prefix = "stats.publish")
public interface PublishConfig {

    /** The bucket that the public files are written to. Required where the function runs. */
    Optional<String> bucket();

    /** Base URL of Cloud Storage. Plain http (an emulator) is called without credentials. */
    @WithDefault("https://storage.googleapis.com")
    URI host();
}
