package io.spinnaker.stats.charts;

/** A month cannot be drawn again. The message says why. */
public final class RedrawRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    RedrawRefusedException(String message) {
        super(message);
    }
}
