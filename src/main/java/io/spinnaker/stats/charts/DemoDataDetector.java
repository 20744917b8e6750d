package io.spinnaker.stats.charts;

/** Tells whether events are invented; dev mode has an implementation, production has none. */
public interface DemoDataDetector {

    /** Whether the database holds invented events, and so every chart. */
    boolean exists();
}
