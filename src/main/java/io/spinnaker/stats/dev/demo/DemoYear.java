package io.spinnaker.stats.dev.demo;

import io.spinnaker.stats.storage.Row;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Invented events of thirteen complete months and the days since: the same each time, except that a new day adds events
 * and a new month shifts the year.
 *
 * @param first the first day of a month
 * @param last yesterday
 */
record DemoYear(LocalDate first, LocalDate last) {

    private static final int INSTANCES = 180;

    /** The largest instances stay all year, so that their coming and going does not hide every trend. */
    private static final int LARGEST = 12;

    /** Instances per month that were installed for one day only. */
    private static final int TRIALS_PER_MONTH = 6;

    static DemoYear before(LocalDate today) {
        return new DemoYear(today.minusMonths(13).withDayOfMonth(1), today.minusDays(1));
    }

    /** All events, day by day. */
    Stream<Row> rows() {
        List<DemoInstance> instances = instances();
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> instances.stream().flatMap(instance -> instance.on(day)));
    }

    private List<DemoInstance> instances() {
        long days = first.until(first.plusMonths(13), ChronoUnit.DAYS);
        List<DemoInstance> all = new ArrayList<>();
        for (int number = 1; number <= INSTANCES; number++) {
            SeededRandom random = new SeededRandom(number, "lifetime");
            LocalDate installed = first.plusDays((long) (random.share() * days));
            LocalDate removed = first.plusDays((long) (random.between(0.2, 1) * days));
            all.add(new DemoInstance(
                    number,
                    first,
                    number > LARGEST && number % 5 < 2 ? installed : LocalDate.MIN,
                    number > LARGEST && number % 6 == 2 ? removed : LocalDate.MAX,
                    150 / Math.pow(number, 1.1))); // a few huge instances, many small ones
        }
        for (int trial = 0; trial < 14 * TRIALS_PER_MONTH; trial++) {
            LocalDate month = first.plusMonths(trial / TRIALS_PER_MONTH);
            LocalDate day = month.plusDays((int) (new SeededRandom("trial", trial).share() * month.lengthOfMonth()));
            all.add(new DemoInstance(1_000 + trial, first, day, day.plusDays(1), 12));
        }
        return all;
    }
}
