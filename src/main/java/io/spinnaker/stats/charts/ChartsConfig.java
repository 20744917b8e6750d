package io.spinnaker.stats.charts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the charts. */
@ConfigMapping(prefix = "stats.charts")
public interface ChartsConfig {

    /** Fewest instances that a published number may stand for; at least 2. */
    @WithDefault("5")
    int threshold();

    /** Whether published numbers have noise. False only where all readers may know single instances. */
    @WithDefault("true")
    boolean noise();

    /**
     * Days for which events are kept, as the page states it. With fewer than 95, charts of months lack events or instances: a month
     * is drawn on the 5th of the next one, and an instance counts if it has reported in the 59 days before. Unset: events are not
     * deleted by age.
     */
    OptionalInt retentionDays();

    /** The licence of the public files. */
    Licence licence();

    /** The address for requests in private, such as to delete the events of an instance: an e-mail address or a URL. */
    Optional<String> contact();

    /** A licence. */
    interface Licence {

        /** Its SPDX identifier. */
        @WithDefault("CDLA-Permissive-2.0")
        String name();

        /** The address of its text. */
        @WithDefault("https://cdla.dev/permissive-2-0/")
        String url();
    }
}
