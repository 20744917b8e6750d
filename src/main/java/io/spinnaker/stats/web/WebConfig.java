package io.spinnaker.stats.web;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Settings of the public files and the page. */
@ConfigMapping(prefix = "stats.web")
public interface WebConfig {

    /**
     * Base URL of the bucket that {@code publish} writes to; {@code data/FILE} is appended. The service's own identity reads it if
     * it is on {@code https://storage.googleapis.com}. Unset: files are generated on demand where storage is
     * local (DuckDB); otherwise there are none.
     */
    Optional<URI> dataUrl();
}
