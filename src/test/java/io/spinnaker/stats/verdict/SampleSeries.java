package io.spinnaker.stats.verdict;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The numbers of a feature over 36 months to October 2026, from functions of the month's index. */
record SampleSeries(Numbers instances, Numbers regular, Numbers failing, Numbers totals, boolean noise) {

    static final int MONTHS = 36;

    private static final LocalDate LAST = LocalDate.parse("2026-10-01");

    /** A number by the month's index. */
    interface Numbers {
        @Nullable
        Long at(int index);
    }

    /** A feature of 500 instances. */
    static SampleSeries of(Numbers instances) {
        return new SampleSeries(instances, i -> null, i -> null, i -> 500L, true);
    }

    SampleSeries withRegular(Numbers other) {
        return new SampleSeries(instances, other, failing, totals, noise);
    }

    SampleSeries withTotals(Numbers other) {
        return new SampleSeries(instances, regular, failing, other, noise);
    }

    SampleSeries withNoise(boolean other) {
        return new SampleSeries(instances, regular, failing, totals, other);
    }

    Judge.Verdicts judge() {
        return Judge.judge(series());
    }

    /** All months. */
    Series series() {
        return last(MONTHS);
    }

    /** The last months only. */
    Series last(int months) {
        return new Series(
                IntStream.range(MONTHS - months, MONTHS)
                        .mapToObj(SampleSeries::month)
                        .toList(),
                list(totals, months),
                list(instances, months),
                list(regular, months),
                list(failing, months),
                5,
                noise,
                Verb.USE);
    }

    /** The first day of a month: of October 2026 for the index 35. */
    static LocalDate month(int index) {
        return LAST.plusMonths(index - MONTHS + 1L);
    }

    private List<@Nullable Long> list(Numbers numbers, int months) {
        List<@Nullable Long> list = new ArrayList<>();
        for (int i = MONTHS - months; i < MONTHS; i++) {
            list.add(totals.at(i) == null ? null : numbers.at(i));
        }
        return list;
    }

    /** The series without the data of one month. */
    static Series without(Series series, int index) {
        return new Series(
                series.months(),
                without(series.totals(), index),
                without(series.instances(), index),
                series.regular() == null ? null : without(series.regular(), index),
                series.failing() == null ? null : without(series.failing(), index),
                series.threshold(),
                series.noise(),
                series.verb());
    }

    private static List<@Nullable Long> without(List<@Nullable Long> values, int index) {
        List<@Nullable Long> others = new ArrayList<>(values);
        others.set(index, null);
        return others;
    }
}
