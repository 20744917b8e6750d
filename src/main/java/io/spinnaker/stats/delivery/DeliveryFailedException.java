package io.spinnaker.stats.delivery;

/**
 * Neither storage nor the dead-letter queue confirmed a row. Either may have stored it all the same. The message is for
 * operators and never quotes the row.
 */
public final class DeliveryFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    DeliveryFailedException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /** The message; never null. */
    public String reason() {
        return reason;
    }
}
