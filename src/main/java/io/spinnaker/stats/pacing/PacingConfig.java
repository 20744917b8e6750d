package io.spinnaker.stats.pacing;

import io.smallrye.config.ConfigMapping;
import java.util.OptionalInt;

/** Settings of pacing. */
@ConfigMapping(prefix = "stats")
public interface PacingConfig {

    /** Rate of small events above which requests are paced, at least 1; files and other requests count too. Unset: no pacing. */
    OptionalInt maxEventsPerSecond();
}
