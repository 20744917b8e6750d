package io.spinnaker.stats.dev.demo;

import io.spinnaker.stats.dev.demo.DemoInstance.Lifetime;
import io.spinnaker.stats.storage.Row;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The made-up events of thirteen complete months and what there is of the next: the same each time, but for what a new
 * day adds and a new month shifts.
 *
 * @param first the first day of a month
 * @param last yesterday
 */
record DemoYear(LocalDate first, LocalDate last) {

    /** Instances in the year; in any month, about 105 at first and 150 in the end. */
    private static final int INSTANCES = 180;

    /** The largest are there all the time, so that their coming and going does not hide everything else's. */
    private static final int LARGEST = 12;

    /** Instances that were only tried, for one day, in each month. */
    private static final int TRIALS_A_MONTH = 6;

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
        List<DemoInstance> all = new ArrayList<>();
        for (int number = 1; number <= INSTANCES; number++) {
            all.add(new DemoInstance(number, stay(number), size(number)));
        }
        for (int trial = 0; trial < 14 * TRIALS_A_MONTH; trial++) {
            LocalDate month = first.plusMonths(trial / TRIALS_A_MONTH);
            LocalDate day = month.plusDays((int) (new SeededRandom("trial", trial).share() * month.lengthOfMonth()));
            all.add(new DemoInstance(1_000 + trial, new Lifetime(first, day, day.plusDays(1)), 12));
        }
        return all;
    }

    /** Two of five come in the course of the year; one of six goes. */
    private Lifetime stay(int number) {
        SeededRandom random = new SeededRandom(number, "stay");
        long days = first.until(first.plusMonths(13), ChronoUnit.DAYS);
        LocalDate comes = first.plusDays((long) (random.share() * days));
        LocalDate goes = first.plusDays((long) (random.between(0.2, 1) * days));
        boolean isNew = number > LARGEST && number % 5 < 2;
        boolean leaves = number > LARGEST && number % 6 == 2;
        return new Lifetime(first, isNew ? comes : LocalDate.MIN, leaves ? goes : LocalDate.MAX);
    }

    /** Few are huge, most are small: the first sends 150 events on a working day, the last not one. */
    private static double size(int number) {
        return 150 / Math.pow(number, 1.1);
    }
}
