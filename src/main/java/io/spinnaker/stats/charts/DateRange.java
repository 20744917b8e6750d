package io.spinnaker.stats.charts;

import java.time.LocalDate;

/** Consecutive days, both ends included. */
record DateRange(LocalDate first, LocalDate last) {

    /** The SQL condition that a column is within the range. */
    String condition(String column) {
        return "%s BETWEEN DATE '%s' AND DATE '%s'".formatted(column, first, last);
    }
}
