package io.spinnaker.stats.web;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Settings of the public files and the page. */
@ConfigMapping(prefix = "stats.web")
public interface WebConfig {

    /**
     * Base URL of the public bucket; {@code data/FILE} is appended. Unset: files are generated on demand where storage is
     * local (DuckDB); otherwise there are none.
     */
    Optional<URI> dataUrl();
}
