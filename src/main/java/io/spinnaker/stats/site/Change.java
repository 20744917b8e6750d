package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.verdict.Feature;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A notable change, which belongs to the month that shows it first.
 *
 * @param month its first day
 * @param chart the chart that has the label
 * @param label the label that changed, such as {@code deployManifest}
 * @param headline the change in a few words that follow the label, such as "(stage type): growing"
 * @param explanation the evidence, in a sentence or more
 */
record Change(LocalDate month, Kind kind, Chart chart, String label, String headline, String explanation) {

    /** The kind of a change. Changes of one month are listed in this order. */
    enum Kind {
        RELEASE("more instances"),
        FIRST_REPORTED("first reported"),
        NO_LONGER_REPORTED("no longer reported"),
        GROWING("growing"),
        SHRINKING("shrinking");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** "Growing". */
        String title() {
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }

        /** A word for identifiers, such as {@code first-reported}. */
        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The change of a feature. */
    static Change of(LocalDate month, Kind kind, Feature feature, String explanation) {
        String headline = "(%s): %s".formatted(feature.noun(), kind.words);
        return new Change(month, kind, feature.chart(), feature.label(), headline, explanation);
    }

    /** "deployManifest (stage type): growing". */
    Text title() {
        Text subject = kind == Kind.RELEASE ? Text.of("Spinnaker ").withLabel(label) : Text.ofLabel(label);
        return subject.with(" " + headline);
    }

    /** The title and the evidence. */
    Text sentence() {
        return title().with(". " + explanation);
    }
}
