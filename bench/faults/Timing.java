import java.time.Duration;

/**
 * How long each part of a fault takes.
 *
 * @param healthy before the fault
 * @param faulty of the fault
 * @param healed after it
 */
record Timing(Duration healthy, Duration faulty, Duration healed) {

    static final Timing FULL = new Timing(Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(1));
    static final Timing SHORT = new Timing(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofMillis(700));
}
