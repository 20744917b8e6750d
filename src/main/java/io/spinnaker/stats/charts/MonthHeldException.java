package io.spinnaker.stats.charts;

/** A month is not published until an owner has looked at it. The message says why, without naming an instance. */
public final class MonthHeldException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MonthHeldException(String message) {
        super(message);
    }
}
