package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.DrawnPeriod;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;

/** Says when the first monthly numbers appear, while there are none. */
final class FirstMonth {

    private FirstMonth() {}

    static String sentence(Published published) {
        LocalDate asOf = published.status().asOf();
        if (asOf == null) {
            return "Monthly numbers appear on the 5th of the next month.";
        }
        LocalDate month = firstComplete(published, asOf);
        return month.isAfter(ChartPeriod.MONTH.lastDrawn(asOf))
                ? "The first complete month is %s; its numbers appear on %s."
                        .formatted(
                                Format.month(month),
                                Format.day(month.plusMonths(1).withDayOfMonth(History.DAY_OF_PUBLICATION)))
                : "The numbers of %s are not published yet.".formatted(Format.month(month));
    }

    /** The first month that can be complete: all of it is after the first event and after the months that are drawn. */
    private static LocalDate firstComplete(Published published, LocalDate asOf) {
        LocalDate firstDay = firstDay(published, asOf);
        LocalDate month = firstDay.getDayOfMonth() == 1
                ? firstDay
                : firstDay.plusMonths(1).withDayOfMonth(1);
        return History.instances(published).periods().stream()
                .map(DrawnPeriod::period)
                .map(drawn -> drawn.plusMonths(1))
                .filter(next -> next.isAfter(month))
                .reduce(month, (first, next) -> next.isAfter(first) ? next : first);
    }

    /** The first day with an event. A day is drawn after two more days, so without a drawn day the events began just now. */
    private static LocalDate firstDay(Published published, LocalDate asOf) {
        return published.charts().stream()
                .filter(data -> data.chart().period() == ChartPeriod.DAY)
                .map(ChartData::periods)
                .filter(periods -> !periods.isEmpty())
                .map(periods -> periods.getFirst().period())
                .findFirst()
                .orElse(asOf.minusDays(1));
    }
}
