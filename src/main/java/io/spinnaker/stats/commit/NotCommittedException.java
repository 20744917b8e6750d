package io.spinnaker.stats.commit;

import java.util.concurrent.CompletionException;

/**
 * An item's arrival was not confirmed; it may have arrived all the same, so a further try must send the same one. The
 * message names the cause for those who run the service and quotes nothing of the item.
 */
public final class NotCommittedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Why why;
    private final String reason;

    /** For this reason, in words that quote nothing. */
    public NotCommittedException(Why why, String reason) {
        super(reason, null, false, false);
        this.why = why;
        this.reason = reason;
    }

    /** What a stage failed with, whatever it comes wrapped in. */
    public static NotCommittedException of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof NotCommittedException known
                ? known
                : new NotCommittedException(
                        Why.UNAVAILABLE, "unexpected " + cause.getClass().getName());
    }

    public Why why() {
        return why;
    }

    /** The cause in words, the message. */
    public String reason() {
        return reason;
    }

    /** What another try could change. */
    public enum Why {
        /** The other side is down, out of reach, set up wrongly, or silent: later it may take the item. */
        UNAVAILABLE,
        /** More arrives than can be sent on, or the other side passed this one over: it may be in good health. */
        NOT_NOW,
        /** The other side looked at the item and will never take it. */
        REFUSED
    }
}
