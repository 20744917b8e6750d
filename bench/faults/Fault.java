package faults;

import static faults.Guarantee.NOT_DUPLICATED;
import static faults.Guarantee.NOT_LOST;
import static faults.Guarantee.ONE_CALL_PER_ROW;
import static faults.Guarantee.RESPONSE_IN_TIME;
import static faults.Guarantee.RETRIED;
import static faults.Guarantee.STORED_IN_BIGQUERY;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A fault to inject.
 *
 * @param description what happens, for the table
 * @param guarantees what must hold nevertheless
 */
record Fault(String name, String description, Scenario scenario, Set<Guarantee> guarantees) {

    private static final Behaviour UNAVAILABLE = Behaviour.error(503, "backendError");
    private static final Behaviour RATE_LIMIT = Behaviour.error(403, "rateLimitExceeded");

    static final List<Fault> ALL = List.of(
            bigQuery("none", "nothing fails (control)", Behaviour.HEALTHY),
            bigQuery("500", "BigQuery responds 500", Behaviour.error(500, "internalError")),
            bigQuery("503", "BigQuery responds 503", UNAVAILABLE),
            bigQuery("429", "BigQuery responds 429", Behaviour.error(429, "rateLimitExceeded")),
            bigQuery("half-503", "BigQuery responds 503 to half of the calls", Behaviour.halfOfTheTime(UNAVAILABLE)),
            bigQuery("reset", "BigQuery resets connections", Behaviour.RESET),
            bigQuery("refused", "BigQuery refuses connections", Behaviour.REFUSE),
            bigQuery("hang-before-storing", "BigQuery stores nothing and does not respond", Behaviour.HANG),
            bigQuery("hang-after-storing", "BigQuery stores rows but does not respond", Behaviour.STORE_AND_HANG),
            bigQuery("slow", "BigQuery takes 1.5 s", Behaviour.slow(1_500), STORED_IN_BIGQUERY, ONE_CALL_PER_ROW),
            bigQuery("slow-2500", "BigQuery takes 2.5 s", Behaviour.slow(2_500), STORED_IN_BIGQUERY, ONE_CALL_PER_ROW),
            bigQuery("drip", "BigQuery responds one byte at a time", Behaviour.DRIP),
            bigQuery("invalid-rows", "BigQuery rejects one row of 16", Behaviour.SOME_ROWS_INVALID),
            bigQuery("junk", "BigQuery responds with HTML", Behaviour.JUNK),
            bigQuery("no-table", "BigQuery responds 404", Behaviour.error(404, "notFound")),
            bigQuery("401", "BigQuery responds 401", Behaviour.error(401, "authError")),
            bigQuery("403", "BigQuery responds 403", Behaviour.error(403, "accessDenied")),
            bigQuery(
                    "403-rate-limit",
                    "BigQuery responds 403 rateLimitExceeded to half of the calls",
                    Behaviour.halfOfTheTime(RATE_LIMIT),
                    RETRIED),
            responding("topic-503", "BigQuery and the topic respond 503", Scenario.outage(UNAVAILABLE, UNAVAILABLE)),
            responding(
                    "topic-hang",
                    "BigQuery responds 503, the topic does not respond",
                    Scenario.outage(UNAVAILABLE, Behaviour.HANG)),
            disconnecting("sigterm", "SIGTERM under load", Scenario.sigterm()),
            disconnecting("kill", "SIGKILL under load", Scenario.kill()),
            disconnecting("restart", "SIGKILL under load, then a restart", Scenario.restart()),
            responding("flood", "1,000 clients, BigQuery stores 100 rows/s", Scenario.flood(Behaviour.HEALTHY)),
            responding(
                    "flood-no-topic",
                    "1,000 clients, BigQuery stores 100 rows/s, the topic responds 503",
                    Scenario.flood(UNAVAILABLE)),
            disconnecting(
                    "large-bodies",
                    "64 clients send events of 1 MB, BigQuery and the topic do not respond",
                    Scenario.largeBodies()),
            responding(
                    "slow-clients", "500 clients send slowly or stall", Scenario.hostileClients(HostileClients::slow)),
            responding("idle", "10,000 idle connections", Scenario.hostileClients(HostileClients::idle)),
            responding(
                    "oversized",
                    "12 clients send gzip bombs, 100 MB bodies and endless bodies",
                    Scenario.hostileClients(HostileClients::oversized)));

    /** BigQuery fails and the topic works, so the service must respond to every request. */
    private static Fault bigQuery(String name, String description, Behaviour bigQuery, Guarantee... more) {
        return responding(name, description, Scenario.outage(bigQuery, Behaviour.HEALTHY), more);
    }

    /** The service must respond to every request, with any status. */
    private static Fault responding(String name, String description, Scenario scenario, Guarantee... more) {
        Set<Guarantee> guarantees = EnumSet.of(NOT_LOST, NOT_DUPLICATED, RESPONSE_IN_TIME);
        guarantees.addAll(List.of(more));
        return new Fault(name, description, scenario, guarantees);
    }

    /** The process ends, or the service may disconnect clients to limit its memory. */
    private static Fault disconnecting(String name, String description, Scenario scenario) {
        return new Fault(name, description, scenario, EnumSet.of(NOT_LOST, NOT_DUPLICATED));
    }
}
