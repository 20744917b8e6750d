package io.spinnaker.stats.charts;

import java.time.LocalDate;

/** Some days, one after another, both ends among them. */
record DateRange(LocalDate first, LocalDate last) {

    /** The condition that a column is one of them. */
    String condition(String column) {
        return "%s BETWEEN DATE '%s' AND DATE '%s'".formatted(column, first, last);
    }
}
