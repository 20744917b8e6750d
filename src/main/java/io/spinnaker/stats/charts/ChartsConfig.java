package io.spinnaker.stats.charts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** Settings of the charts. */
@ConfigMapping(prefix = "stats.charts")
public interface ChartsConfig {

    /** Fewest instances that a published number may stand for; at least 2. */
    @WithDefault("5")
    int threshold();

    /** Days for which events are kept, as the page states it. Unset: events are not deleted by age. */
    OptionalInt retentionDays();
}
