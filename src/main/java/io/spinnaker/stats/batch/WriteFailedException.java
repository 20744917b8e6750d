package io.spinnaker.stats.batch;

import java.util.concurrent.CompletionException;

/**
 * A write was not confirmed. The receiver may have stored the item all the same, so a retry sends the same item with the
 * same id. The message is for operators and never quotes the item.
 */
public final class WriteFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Cause failure;
    private final String reason;

    /** A failure; the reason must not quote the item. */
    public WriteFailedException(Cause failure, String reason) {
        super(reason, null, false, false);
        this.failure = failure;
        this.reason = reason;
    }

    /** The failure of a completion stage, unwrapped; anything unexpected is {@link Cause#UNAVAILABLE}. */
    public static WriteFailedException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof WriteFailedException known
                ? known
                : new WriteFailedException(
                        Cause.UNAVAILABLE, "unexpected " + cause.getClass().getName());
    }

    /** Whether and when a retry can succeed. */
    public Cause failure() {
        return failure;
    }

    /** The message; never null. */
    public String reason() {
        return reason;
    }

    /** The kinds of failure. */
    public enum Cause {
        /** The receiver is down, unreachable, silent or misconfigured: a retry can succeed later. */
        UNAVAILABLE,
        /** The queue is full, or the receiver postponed this item: the receiver itself may work well. */
        OVERLOADED,
        /** The receiver rejected the item: a retry cannot succeed. */
        REJECTED
    }
}
