package io.spinnaker.stats.charts;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The length of time that one number covers, how many such periods are published, and when one is drawn. */
public enum ChartPeriod {
    /** A day; the last 400 are published. It is drawn when two more days are over, so that late events are in it. */
    DAY {
        @Override
        LocalDate begin(LocalDate day) {
            return day;
        }

        @Override
        public LocalDate plus(LocalDate begin, int periods) {
            return begin.plusDays(periods);
        }

        @Override
        public LocalDate lastDrawn(LocalDate asOf) {
            return asOf.minusDays(2);
        }

        @Override
        int published() {
            return 400;
        }
    },
    /** A calendar month; the last 36 are published. It is drawn when the 4th day of the next one is over. */
    MONTH {
        @Override
        LocalDate begin(LocalDate day) {
            return day.withDayOfMonth(1);
        }

        @Override
        public LocalDate plus(LocalDate begin, int periods) {
            return begin.plusMonths(periods);
        }

        @Override
        public LocalDate lastDrawn(LocalDate asOf) {
            return begin(asOf.minusDays(3)).minusMonths(1);
        }

        @Override
        int published() {
            return 36;
        }
    };

    /** The first day of the period that contains the day. */
    abstract LocalDate begin(LocalDate day);

    /** The first day of the period that is the given number of periods after the one beginning on the given day. */
    public abstract LocalDate plus(LocalDate begin, int periods);

    /** The first day of the last period that is drawn at the end of the day. */
    public abstract LocalDate lastDrawn(LocalDate asOf);

    /** The number of published periods. */
    abstract int published();

    /** The last day of the period that begins on the given day. */
    LocalDate end(LocalDate begin) {
        return plus(begin, 1).minusDays(1);
    }

    /** The number of days of the period that begins on the given day. */
    long days(LocalDate begin) {
        return begin.until(plus(begin, 1), ChronoUnit.DAYS);
    }

    /** The days of all periods that are published at the end of the day. */
    DateRange published(LocalDate asOf) {
        LocalDate last = lastDrawn(asOf);
        return new DateRange(plus(last, 1 - published()), end(last));
    }

    /** The column of the daily tables' days in {@code charts/rules/voters.sql} that holds the period. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
