package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Chart;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A label of a monthly chart, reported or known from the lists, with its numbers of the last month with complete data and its verdicts.
 * Shares are of all instances, in whole percent.
 *
 * @param chart the chart that has the label
 * @param label the label, such as {@code deployManifest}
 * @param name the name that Spinnaker's UI shows; null if it is unknown or equals the label
 * @param aliases other common names, such as {@code k8s}
 * @param since the first release that has it, such as 1.13; null if unknown
 * @param until the last release that has it; null if it has not been removed, or if this is unknown
 * @param reportedAs the label that Spinnaker reports in its place; null if Spinnaker can report it. If set, there are no numbers
 * @param instances the instances that use it; null if they are fewer than the threshold
 * @param share the share of instances that use it; null as above
 * @param shareYearBefore the same for the month a year before; null as above, or if that month has no complete data
 * @param regularShare the share of instances that use it regularly; null as above, or if the chart has no such number
 * @param firstReported the first month with a published number; null without such a month
 * @param lastReported the last month with a published number; null without such a month
 * @param traction whether its use grows; null if the label does not name a value
 * @param frequency whether its regular use grows; null if it does not change, or changes as its use does
 * @param affected whom its removal would affect; null if the label does not name a value, or is one that nobody could remove,
 *     such as a size
 * @param isCandidate whether {@link Features#CANDIDATE_RULE} holds
 */
public record Feature(
        Chart chart,
        String label,
        @Nullable String name,
        List<String> aliases,
        @Nullable String since,
        @Nullable String until,
        @Nullable String reportedAs,
        @Nullable Long instances,
        @Nullable Long share,
        @Nullable Long shareYearBefore,
        @Nullable Long regularShare,
        @Nullable LocalDate firstReported,
        @Nullable LocalDate lastReported,
        @Nullable Verdict traction,
        @Nullable Verdict frequency,
        @Nullable Verdict affected,
        boolean isCandidate) {

    /** A noun for one label of the chart, such as "stage type". */
    public String noun() {
        return LabelKind.of(chart).noun();
    }
}
