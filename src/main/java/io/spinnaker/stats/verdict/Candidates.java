package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.AllowLists.Release;
import io.spinnaker.stats.verdict.LabelKind.Removal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rule for candidates for removal: what a maintainer can look at first. The decision needs more than numbers. */
final class Candidates {

    static final String RULE =
            "A stage type, cloud provider, trigger, execution type, deployment method, environment or deployed"
                    + " artifact is a candidate for removal if the verdict on its removal is \u201cFew instances, if any\u201d, the verdict on"
                    + " its use is \u201cStable\u201d, \u201cShrinking\u201d, \u201cNo longer reported\u201d or \u201cNever reported\u201d, Spinnaker still has it,"
                    + " and the release that introduced it, if known, is at least one year old.";

    /** Only certain verdicts count, because a missing month or more noise must not make a feature a candidate. */
    private static final Set<String> CERTAIN =
            Set.of(Verdict.STABLE, Verdict.SHRINKING, Verdict.NO_LONGER_REPORTED, Verdict.NEVER_REPORTED);

    private Candidates() {}

    /**
     * Applies the rule at the last month of the series.
     *
     * @param until the last release that has it; null if it has not been removed
     * @param since the first release that has it; null if unknown
     */
    static boolean isCandidate(
            LabelKind kind, Judge.Verdicts verdicts, @Nullable String until, @Nullable Release since, Series series) {
        return kind.removal() == Removal.CODE
                && verdicts.affected().headline().equals(Affected.FEW)
                && CERTAIN.contains(verdicts.traction().headline())
                && until == null
                && (since == null || isOneYearOld(since, series));
    }

    /** A release without a date is not released yet. */
    private static boolean isOneYearOld(Release release, Series series) {
        return release.date() != null
                && !release.date().plusYears(1).isAfter(series.lastMonth().plusMonths(1));
    }
}
