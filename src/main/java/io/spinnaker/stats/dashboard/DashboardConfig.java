package io.spinnaker.stats.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/** What is public, and where it is. */
@ConfigMapping(prefix = "stats.dashboard")
public interface DashboardConfig {

    /**
     * Base URL of the bucket that the service takes the public files from; {@code data/FILE} is added to it. Unset, they
     * are drawn anew for each request, which only DuckDB is there for: on BigQuery there are none then.
     */
    Optional<URI> dataUrl();

    /** The fewest instances that a public number may stand for. */
    @WithDefault("5")
    int threshold();

    /** The bucket that the files are written to. Used by the function {@code publish} alone, which needs it. */
    Optional<String> bucket();

    /** Base URL of Cloud Storage's API. Plain http (an emulator) is called without credentials. */
    @WithDefault("https://storage.googleapis.com")
    URI host();

    /** For how many days an event is kept, for the page to say. Unset, nobody deletes events by their age. */
    OptionalInt retentionDays();
}
