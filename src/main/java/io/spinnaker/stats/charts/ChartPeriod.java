package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.util.Locale;

/** How long the time is that one number is about, and for how many of those numbers are published. */
enum ChartPeriod {
    /** A day; 400 of them. */
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
    /** A calendar month; 36 of them. */
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

    /** The first day of the period that a day is in. */
    abstract LocalDate begin(LocalDate day);

    /** The first day of the period after the one that begins then. */
    abstract LocalDate next(LocalDate begin);

    /** The last day of the last period that is over when that day is. */
    abstract LocalDate lastEnd(LocalDate day);

    /** The first day of the first period that is published when that day is over. */
    abstract LocalDate firstBegin(LocalDate day);

    /** What is published when that day is over. */
    DateRange published(LocalDate day) {
        return new DateRange(firstBegin(day), lastEnd(day));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
