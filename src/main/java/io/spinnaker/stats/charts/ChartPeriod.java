package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.util.Locale;

/** The length of time that one number covers, and how many such periods are published. */
enum ChartPeriod {
    /** A day; the last 400 are published. */
    DAY {
        @Override
        LocalDate begin(LocalDate day) {
            return day;
        }

        @Override
        LocalDate next(LocalDate begin) {
            return begin.plusDays(1);
        }

        @Override
        LocalDate lastEnd(LocalDate day) {
            return day;
        }

        @Override
        LocalDate firstBegin(LocalDate day) {
            return day.minusDays(400 - 1);
        }
    },
    /** A calendar month; the last 36 are published. */
    MONTH {
        @Override
        LocalDate begin(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        LocalDate next(LocalDate begin) {
            return begin.plusMonths(1);
        }

        @Override
        LocalDate lastEnd(LocalDate day) {
            return day.plusDays(1).withDayOfMonth(1).minusDays(1);
        }

        @Override
        LocalDate firstBegin(LocalDate day) {
            return begin(lastEnd(day)).minusMonths(36 - 1);
        }
    };

    /** The first day of the period that contains the day. */
    abstract LocalDate begin(LocalDate day);

    /** The first day of the period that follows the one beginning on the given day. */
    abstract LocalDate next(LocalDate begin);

    /** The last day of the last period that is complete at the end of the day. */
    abstract LocalDate lastEnd(LocalDate day);

    /** The first day of the first period that is published at the end of the day. */
    abstract LocalDate firstBegin(LocalDate day);

    /** The days of all periods that are published at the end of the day. */
    DateRange published(LocalDate day) {
        return new DateRange(firstBegin(day), lastEnd(day));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
