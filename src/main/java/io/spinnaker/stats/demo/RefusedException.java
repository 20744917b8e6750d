package io.spinnaker.stats.demo;

/** There can be no demo data here; the message tells a developer why. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
