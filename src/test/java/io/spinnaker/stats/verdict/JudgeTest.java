package io.spinnaker.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdicts on single features, and their evidence. */
class JudgeTest {

    private static Stream<Arguments> features() {
        return Stream.of(
                feature("grows", i -> 50L + 5L * i, "Growing", "Many instances"),
                feature("shrinks", i -> 250L - 5L * i, "Shrinking", "Some instances"),
                feature("is used by a fifth", i -> 100L, "Stable", "Some instances"),
                feature("is used nearly everywhere", i -> 480L, "Stable", "Many instances"),
                feature("is new", i -> i < 33 ? null : 60L, "Growing", "Some instances"),
                feature("is gone", i -> i < 30 ? 60L : null, "No longer reported", "Few instances, if any"),
                feature("was never reported", i -> null, "Never reported", "Few instances, if any"),
                feature("is rare", i -> i % 3 == 0 ? null : 5L, "Too few to tell", "Few instances, if any"),
                feature(
                        "was always rare and is gone",
                        i -> i < 30 ? 6L : null,
                        "Too few to tell",
                        "Few instances, if any"));
    }

    private static Arguments feature(
            String description, SampleSeries.Numbers instances, String traction, String affected) {
        return Arguments.of(description, instances, traction, affected);
    }

    @ParameterizedTest(name = "a feature that {0}: {2}, {3}")
    @MethodSource("features")
    void summarizesInAHeadline(String description, SampleSeries.Numbers instances, String traction, String affected) {
        Judge.Verdicts verdicts = SampleSeries.of(instances).judge();
        assertThat(verdicts.traction().headline()).as(description).isEqualTo(traction);
        assertThat(verdicts.affected().headline()).as(description).isEqualTo(affected);
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 34, 35})
    void givesNoVerdictIfOneOfTheLastMonthsHasNoData(int gap) {
        Judge.Verdicts verdicts = SampleSeries.of(i -> 100L)
                .withTotals(i -> i == gap ? null : 500L)
                .judge();
        assertThat(verdicts.affected().headline()).isEqualTo("No data");
        assertThat(verdicts.traction().headline()).isEqualTo("No data");
        assertThat(verdicts.traction().explanation())
                .matches(
                        "There is no complete data for (August|September|October) 2026, so nothing can be said about .*");
    }

    @Test
    void givesNoVerdictOnTheChangeIfThereIsNoDataAYearBefore() {
        Judge.Verdicts verdicts = SampleSeries.of(i -> 100L)
                .withTotals(i -> i == 22 ? null : 500L)
                .judge();
        assertThat(verdicts.traction().headline()).isEqualTo("No data");
        assertThat(verdicts.traction().explanation()).startsWith("There is no complete data for September 2025");
        assertThat(verdicts.affected().headline()).isEqualTo("Some instances");
    }

    @Test
    void givesNoVerdictForFewerThan100Instances() {
        Judge.Verdicts verdicts = SampleSeries.of(i -> 90L).withTotals(i -> 99L).judge();
        assertThat(verdicts.affected().headline()).isEqualTo("Too few to tell");
        assertThat(verdicts.traction().headline()).isEqualTo("Too few to tell");
        assertThat(verdicts.traction().explanation())
                .startsWith("99 instances reported in October 2026. A verdict needs at least 100");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void givesNoVerdictBeforeThreeMonths(int months) {
        Judge.Verdicts verdicts = Judge.judge(SampleSeries.of(i -> 100L).last(months));
        assertThat(verdicts.traction().explanation()).isEqualTo("A verdict needs 3 months of complete data.");
        assertThat(verdicts.affected()).isEqualTo(verdicts.traction());
    }

    @Test
    void comparesWithTheFirstMonthsInTheFirstYear() {
        SampleSeries feature = SampleSeries.of(i -> 100L);
        Judge.Verdicts five = Judge.judge(feature.last(5));
        assertThat(five.traction().explanation()).endsWith(" A comparison needs 6 months of data.");
        assertThat(five.affected().headline()).isEqualTo("Some instances");
        Verdict six = Judge.judge(feature.last(6)).traction();
        assertThat(six.headline()).isEqualTo("Stable");
        assertThat(six.explanation()).contains(", 20% in the three months to July 2026.");
    }

    @Test
    void doesNotClaimThatAFeatureWasNeverReportedIfAMonthHasNoData() {
        Verdict traction = SampleSeries.of(i -> null)
                .withTotals(i -> i == 10 ? null : 500L)
                .judge()
                .traction();
        assertThat(traction.headline()).isEqualTo("Too few to tell");
        assertThat(traction.explanation()).contains("1 month had no complete data");
    }

    @Test
    void comparesTheMeanShareOfThreeMonthsWithThatOfAYearBefore() {
        Verdict traction = SampleSeries.of(i -> 50L + 5L * i).judge().traction();
        assertThat(traction.explanation())
                .isEqualTo("In the three months to October 2026, 44% of instances used it, 32% a year before. "
                        + "The difference is more than noise and chance would make.");
        assertThat(traction.tone()).isEqualTo(Verdict.Tone.UP);
    }

    @Test
    void isStableIfAFeatureGrowsOnlyAsMuchAsAllInstancesDo() {
        assertThat(SampleSeries.of(i -> 100L + 4L * i)
                        .withTotals(i -> 500L + 20L * i)
                        .judge()
                        .traction()
                        .headline())
                .isEqualTo("Stable");
    }

    @Test
    void isShrinkingIfAFeatureDoesNotGrowAlthoughAllInstancesDo() {
        Verdict traction = SampleSeries.of(i -> 200L)
                .withTotals(i -> 300L + 20L * i)
                .judge()
                .traction();
        assertThat(traction.headline()).isEqualTo("Shrinking");
        assertThat(traction.tone()).isEqualTo(Verdict.Tone.DOWN);
    }

    @Test
    void ignoresAnOutlierInASingleMonth() {
        assertThat(SampleSeries.of(i -> i == 35 ? 80L : 100L).judge().traction().headline())
                .isEqualTo("Stable");
    }

    @Test
    void doesNotTellIfChanceExplainsTheChange() {
        SampleSeries feature = SampleSeries.of(i -> i < 30 ? 15L : 20L);
        assertThat(feature.judge().traction().headline()).isEqualTo("Too few to tell");
        assertThat(feature.judge().traction().explanation())
                .endsWith(" By noise and chance alone, it can change by 3 percentage points.");
        assertThat(feature.withNoise(false).judge().traction().explanation())
                .endsWith(" By chance alone, it can change by 3 percentage points.");
    }

    @Test
    void namesTheThresholdIfAFeatureWasNotPublishedAYearBefore() {
        assertThat(SampleSeries.of(i -> i < 30 ? null : 50L).judge().traction().explanation())
                .contains(", fewer than 5 instances a year before.");
    }

    @Test
    void saysWhenAFeatureThatIsGoneWasLastReported() {
        assertThat(SampleSeries.of(i -> i < 30 ? 60L : null).judge().traction().explanation())
                .isEqualTo("Fewer than 5 instances used it in each of the three months to October 2026, possibly none. "
                        + "The last month with at least 5 was April 2026. At its peak, a mean of 12% "
                        + "of instances used it over three months.");
    }

    @Test
    void judgesRegularUseApartIfItChangesInAnotherWay() {
        Judge.Verdicts verdicts =
                SampleSeries.of(i -> 200L).withRegular(i -> 150L - 3L * i).judge();
        assertThat(verdicts.traction().headline()).isEqualTo("Stable");
        Verdict frequency = Objects.requireNonNull(verdicts.frequency());
        assertThat(frequency.headline()).isEqualTo("Shrinking");
        assertThat(frequency.explanation()).contains("of instances used it regularly, ");
    }

    @Test
    void doesNotMentionRegularUseThatChangesInTheSameWayOrIsUnknown() {
        SampleSeries steady = SampleSeries.of(i -> 200L);
        assertThat(steady.withRegular(i -> 150L).judge().frequency()).isNull();
        assertThat(steady.judge().frequency()).isNull();
        assertThat(steady.withTotals(i -> 90L).judge().frequency()).isNull();
    }

    @Test
    void saysWithEvidenceWhoIsAffected() {
        Verdict affected =
                SampleSeries.of(i -> 100L).withRegular(i -> 60L).judge().affected();
        assertThat(affected.explanation())
                .isEqualTo(
                        "In October 2026, 100 of 500 instances (20%) used it, 60 of them regularly (30 runs or more), and "
                                + "fewer than 5 saw more than 10% of its runs fail. Allowing for noise and chance, 16% to 24% of "
                                + "instances used it in the three months to October 2026. Instances that do not report are not counted.");
    }

    /** Charts without runs, such as that of releases, have the numbers of instances alone. */
    @Test
    void doesNotMentionNumbersThatTheChartDoesNotHave() {
        Series all = SampleSeries.of(i -> 100L).series();
        Series few = new Series(
                all.months(), all.totals(), all.instances(), null, null, all.threshold(), all.noise(), Verb.RUN);
        assertThat(Judge.judge(few).affected().explanation())
                .isEqualTo(
                        "In October 2026, 100 of 500 instances (20%) ran it. Allowing for noise and chance, 16% to 24% of "
                                + "instances ran it in the three months to October 2026. Instances that do not report are not counted.");
    }

    @Test
    void saysThatPossiblyNobodyIsAffected() {
        assertThat(SampleSeries.of(i -> null).judge().affected().explanation())
                .startsWith("Fewer than 5 instances used it")
                .contains(", possibly none. ");
    }

    @Test
    void neverCountsMoreThanAllInstancesAlthoughNumbersHaveNoise() {
        assertThat(SampleSeries.of(i -> 503L).judge().affected().explanation())
                .contains(" 503 of 500 instances (100%) ", " to 100% of instances");
    }
}
