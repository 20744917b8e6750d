package io.spinnaker.stats.charts;

import java.time.YearMonth;

/** A month is not published until an owner has looked at it. The message says why, without naming an instance. */
public final class MonthHeldException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final YearMonth month;

    MonthHeldException(YearMonth month, String reason) {
        super("%s is held: %s".formatted(month, reason));
        this.month = month;
    }

    YearMonth month() {
        return month;
    }
}
