package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Dashboard.Options;
import java.util.List;
import java.util.stream.Stream;

/** The rules that published numbers follow, in sentences for the page and the reports. */
final class Rules {

    private Rules() {}

    static List<String> of(Options options) {
        return Stream.of(
                        "Every number counts instances, or averages each instance’s own share. One instance changes a number "
                                + "by one at most.",
                        "An instance counts from the second day on which it reports, if both days are within 60 days.",
                        "Numbers below %d are not shown.".formatted(options.threshold()),
                        options.noise()
                                ? "Each number has a small random error, usually of 2 or less, and never of more than 6. The "
                                        + "same instances always have the same error, so comparing charts does not remove "
                                        + "it. Changes of a few instances mean nothing, and the parts of a chart add up to the whole "
                                        + "only roughly."
                                : "",
                        "Names that Spinnaker itself does not have are counted together as “(own)”.",
                        "A month is computed once, on the 5th of the next month, and a day after two more days. Both then stay "
                                + "as they are.",
                        "A month that lacks events of some days has no numbers. It is a gap, not a zero.")
                .filter(rule -> !rule.isEmpty())
                .toList();
    }
}
