package io.spinnaker.stats.dev.demo;

import java.time.LocalDate;
import java.util.List;

/**
 * A release of Spinnaker.
 *
 * @param version as its operator configures it
 * @param tellsDeployment whether it sends how it was deployed: since 1.18
 * @param tellsCounts whether it sends counts of pipelines, and where it runs: since 1.21
 */
record Release(String version, boolean tellsDeployment, boolean tellsCounts) {

    /** What instances stay on that are not kept up to date, the usual ones first. */
    static final List<Release> OLD = List.of(
            of("1.36.1"),
            of("1.30.0"),
            of("1.28.1"),
            new Release("1.17.4", false, false),
            of("1.21.0"),
            of("unknown"),
            new Release("1.19.4", true, false),
            of("master-latest-unvalidated"),
            new Release("1.18.5", true, false));

    private static Release of(String version) {
        return new Release(version, true, true);
    }

    /** The newest then: since 2025 one comes in the middle of each quarter, and is patched after a month and two. */
    static Release newest(LocalDate day) {
        LocalDate firstOfQuarter = day.minusDays(45).withDayOfMonth(1);
        firstOfQuarter = firstOfQuarter.minusMonths((firstOfQuarter.getMonthValue() - 1) % 3);
        if (firstOfQuarter.getYear() < 2025) {
            return OLD.getFirst();
        }
        int months = (int) firstOfQuarter.plusDays(45).until(day).toTotalMonths();
        return of(firstOfQuarter.getYear() + "." + firstOfQuarter.getMonthValue() / 3 + "." + Math.min(months, 2));
    }
}
