import java.time.Duration;
import java.util.List;

/**
 * One thing that goes wrong. That nothing acknowledged is lost, and nothing stored as two, is demanded of each.
 *
 * @param mustAnswer whether every request must be answered within a client's patience, whatever the answer: not when
 *     the process is ended under it, or cuts off who holds too much
 */
record Fault(String name, Course course, boolean mustAnswer) {

    private static final Behaviour UNAVAILABLE = Behaviour.error(503, "backendError");

    static final List<Fault> ALL = List.of(
            bigQuery("none", Behaviour.HEALTHY), // the control
            bigQuery("500", Behaviour.error(500, "internalError")),
            bigQuery("503", UNAVAILABLE),
            bigQuery("429", Behaviour.error(429, "rateLimitExceeded")),
            bigQuery("half-503", Behaviour.halfOfTheTime(UNAVAILABLE)),
            bigQuery("reset", Behaviour.RESET),
            bigQuery("refused", Behaviour.UNREACHABLE),
            bigQuery("hang-before-storing", Behaviour.HANG),
            bigQuery("hang-after-storing", Behaviour.STORE_AND_HANG),
            bigQuery("slow", Behaviour.slow(Duration.ofMillis(1_500))),
            bigQuery("drip", Behaviour.DRIP),
            bigQuery("invalid-rows", Behaviour.SOME_ROWS_INVALID),
            bigQuery("junk", Behaviour.JUNK),
            bigQuery("no-table", Behaviour.error(404, "notFound")),
            bigQuery("401", Behaviour.error(401, "authError")),
            bigQuery("403", Behaviour.error(403, "accessDenied")),
            both("topic-503", Behaviour.error(503, "UNAVAILABLE")),
            both("topic-hang", Behaviour.HANG),
            new Fault("sigterm", Ending.SIGTERM, false),
            new Fault("kill", Ending.KILL, false),
            new Fault("restart", Ending.RESTART, false),
            new Fault("flood", new Flood(Behaviour.HEALTHY), true),
            new Fault("flood-no-topic", new Flood(UNAVAILABLE), true),
            new Fault("large-bodies", new LargeBodies(), false),
            new Fault("slow-clients", new Siege(SlowClients::new), true),
            new Fault("idle", new Siege(IdleConnections::new), true),
            new Fault("oversized", new Siege(OversizedBodies::new), true));

    private static Fault bigQuery(String name, Behaviour bigQuery) {
        return new Fault(name, new Outage(bigQuery, Behaviour.HEALTHY), true);
    }

    /** BigQuery is down and the topic does that: 503 is the right answer. */
    private static Fault both(String name, Behaviour topic) {
        return new Fault(name, new Outage(UNAVAILABLE, topic), true);
    }
}
