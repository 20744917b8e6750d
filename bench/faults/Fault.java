package faults;

import java.time.Duration;
import java.util.List;

/**
 * A fault to inject. With each fault, no acknowledged event may be lost or stored as two.
 *
 * @param description what happens, for the table
 * @param mustRespond whether the service must respond to every request before the client times out, with any status.
 *     False if the process ends under load, or if the service may disconnect clients whose bodies use too much memory.
 */
record Fault(String name, String description, Scenario scenario, boolean mustRespond) {

    private static final Behaviour UNAVAILABLE = Behaviour.error(503, "backendError");

    static final List<Fault> ALL = List.of(
            bigQuery("none", "nothing fails (control)", Behaviour.HEALTHY),
            bigQuery("500", "BigQuery responds 500", Behaviour.error(500, "internalError")),
            bigQuery("503", "BigQuery responds 503", UNAVAILABLE),
            bigQuery("429", "BigQuery responds 429", Behaviour.error(429, "rateLimitExceeded")),
            bigQuery("half-503", "BigQuery responds 503 to half of the calls", Behaviour.halfOfTheTime(UNAVAILABLE)),
            bigQuery("reset", "BigQuery resets connections", Behaviour.RESET),
            bigQuery("refused", "BigQuery refuses connections", Behaviour.UNREACHABLE),
            bigQuery("hang-before-storing", "BigQuery stores nothing and does not respond", Behaviour.HANG),
            bigQuery("hang-after-storing", "BigQuery stores rows but does not respond", Behaviour.STORE_AND_HANG),
            bigQuery("slow", "BigQuery takes 1.5 s", Behaviour.slow(Duration.ofMillis(1_500))),
            bigQuery("drip", "BigQuery responds one byte at a time", Behaviour.DRIP),
            bigQuery("invalid-rows", "BigQuery rejects one row of 16", Behaviour.SOME_ROWS_INVALID),
            bigQuery("junk", "BigQuery responds with HTML", Behaviour.JUNK),
            bigQuery("no-table", "BigQuery responds 404", Behaviour.error(404, "notFound")),
            bigQuery("401", "BigQuery responds 401", Behaviour.error(401, "authError")),
            bigQuery("403", "BigQuery responds 403", Behaviour.error(403, "accessDenied")),
            bigQueryAndTopic("topic-503", "BigQuery and the topic respond 503", Behaviour.error(503, "UNAVAILABLE")),
            bigQueryAndTopic("topic-hang", "BigQuery responds 503, the topic does not respond", Behaviour.HANG),
            new Fault("sigterm", "SIGTERM under load", ShutdownScenario.SIGTERM, false),
            new Fault("kill", "SIGKILL under load", ShutdownScenario.KILL, false),
            new Fault("restart", "SIGKILL under load, then a restart", ShutdownScenario.RESTART, false),
            new Fault("flood", "1,000 clients, BigQuery stores 100 rows/s", new Flood(Behaviour.HEALTHY), true),
            new Fault(
                    "flood-no-topic",
                    "1,000 clients, BigQuery stores 100 rows/s, the topic responds 503",
                    new Flood(UNAVAILABLE),
                    true),
            new Fault(
                    "large-bodies",
                    "64 clients send events of 1 MB, BigQuery and the topic do not respond",
                    new LargeBodies(),
                    false),
            new Fault(
                    "slow-clients",
                    "500 clients send slowly or stall",
                    new HostileClientsScenario(SlowClients::new),
                    true),
            new Fault("idle", "10,000 idle connections", new HostileClientsScenario(IdleConnections::new), true),
            new Fault(
                    "oversized",
                    "12 clients send gzip bombs, 100 MB bodies and endless bodies",
                    new HostileClientsScenario(OversizedBodies::new),
                    true));

    private static Fault bigQuery(String name, String description, Behaviour bigQuery) {
        return new Fault(name, description, new Outage(bigQuery, Behaviour.HEALTHY), true);
    }

    /** BigQuery is unavailable and the topic fails, too, so 503 is the correct response. */
    private static Fault bigQueryAndTopic(String name, String description, Behaviour topic) {
        return new Fault(name, description, new Outage(UNAVAILABLE, topic), true);
    }
}
