package io.spinnaker.stats.dev.demo;

/** There can be no demo data here; the message tells a developer why. */
final class DemoDataRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    DemoDataRefusedException(String message) {
        super(message);
    }
}
