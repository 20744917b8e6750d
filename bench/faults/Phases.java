package faults;

import java.time.Duration;

/**
 * Durations of the phases of a scenario.
 *
 * @param warmUp default load before the fault
 * @param fault load with the fault
 * @param recovery default load after the fault
 */
record Phases(Duration warmUp, Duration fault, Duration recovery) {

    static final Phases FULL = new Phases(Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(1));
    static final Phases SHORT = new Phases(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofMillis(700));
}
