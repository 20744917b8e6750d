package faults;

import static faults.Outcome.NO_RESPONSE;
import static faults.Outcome.OTHER_STATUS;
import static faults.Outcome.SENT_AGAIN;
import static faults.Outcome.STATUS_202;
import static faults.Outcome.STATUS_429;
import static faults.Outcome.STATUS_503;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A fault to inject.
 *
 * @param description what happens, for the table
 * @param mayDisconnect whether requests may get no response, because the process ends or limits its memory
 * @param forbidden outcomes that must not happen nevertheless
 */
record Fault(String name, String description, Scenario scenario, boolean mayDisconnect, Set<Outcome> forbidden) {

    private static final Behaviour UNAVAILABLE = Behaviour.error(503, "backendError");
    private static final Behaviour RATE_LIMIT = Behaviour.error(403, "rateLimitExceeded");
    private static final Behaviour SLOWER = Behaviour.slow(300);

    /** Outcomes other than 204 and a single call to BigQuery. */
    private static final Outcome[] FAILURES_AND_REPEATS = {
        STATUS_202, STATUS_429, STATUS_503, OTHER_STATUS, NO_RESPONSE, SENT_AGAIN
    };

    static final List<Fault> ALL = List.of(
            bigQuery("none", "nothing fails (control)", Behaviour.HEALTHY, FAILURES_AND_REPEATS),
            bigQuery("500", "BigQuery responds 500", Behaviour.error(500, "internalError")),
            bigQuery("503", "BigQuery responds 503", UNAVAILABLE),
            bigQuery("429", "BigQuery responds 429", Behaviour.error(429, "rateLimitExceeded")),
            bigQuery("half-503", "BigQuery responds 503 to half of the calls", Behaviour.halfOfTheTime(UNAVAILABLE)),
            bigQuery("reset", "BigQuery resets connections", Behaviour.RESET),
            bigQuery("refused", "BigQuery refuses connections", Behaviour.REFUSE),
            bigQuery("hang-before-storing", "BigQuery stores nothing and does not respond", Behaviour.HANG),
            bigQuery("hang-after-storing", "BigQuery stores rows but does not respond", Behaviour.STORE_AND_HANG),
            bigQuery("slow", "BigQuery takes 1.5 s", Behaviour.slow(1_500), FAILURES_AND_REPEATS),
            bigQuery("slow-2500", "BigQuery takes 2.5 s", Behaviour.slow(2_500), FAILURES_AND_REPEATS),
            bigQuery("drip", "BigQuery responds one byte at a time", Behaviour.DRIP),
            bigQuery("invalid-rows", "BigQuery rejects one row of 16", Behaviour.SOME_ROWS_INVALID),
            bigQuery("junk", "BigQuery responds with HTML", Behaviour.JUNK),
            bigQuery("no-table", "BigQuery responds 404", Behaviour.error(404, "notFound")),
            bigQuery("401", "BigQuery responds 401", Behaviour.error(401, "authError")),
            bigQuery("403", "BigQuery responds 403", Behaviour.error(403, "accessDenied")),
            responding(
                    "403-rate-limit",
                    "BigQuery responds 403 rateLimitExceeded to half of the calls",
                    Scenario.retried(Behaviour.halfOfTheTime(RATE_LIMIT))),
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
                    Scenario.clients(64, events -> events::nextLarge, Behaviour.HANG, Behaviour.HANG)),
            responding(
                    "chunked",
                    "40 clients send chunked bodies, BigQuery takes 300 ms",
                    Scenario.clients(40, events -> events::nextChunked, SLOWER, Behaviour.HEALTHY),
                    FAILURES_AND_REPEATS),
            responding(
                    "long-pipelines",
                    "32 clients send pipelines of 1,000 stages (190 KB), BigQuery takes 300 ms",
                    Scenario.clients(32, events -> events::nextLongPipeline, SLOWER, Behaviour.HEALTHY),
                    FAILURES_AND_REPEATS),
            responding(
                    "slow-clients", "500 clients send slowly or stall", Scenario.hostileClients(HostileClients::slow)),
            responding("idle", "10,000 idle connections", Scenario.hostileClients(HostileClients::idle)),
            responding(
                    "oversized",
                    "12 clients send gzip bombs, 100 MB bodies and endless bodies",
                    Scenario.hostileClients(HostileClients::oversized)));

    /** BigQuery fails and the topic works. */
    private static Fault bigQuery(String name, String description, Behaviour bigQuery, Outcome... forbidden) {
        return responding(name, description, Scenario.outage(bigQuery, Behaviour.HEALTHY), forbidden);
    }

    /** The service must respond to every request, with any status that is not forbidden. */
    private static Fault responding(String name, String description, Scenario scenario, Outcome... forbidden) {
        return of(name, description, scenario, false, forbidden);
    }

    private static Fault disconnecting(String name, String description, Scenario scenario) {
        return of(name, description, scenario, true);
    }

    private static Fault of(
            String name, String description, Scenario scenario, boolean mayDisconnect, Outcome... forbidden) {
        Set<Outcome> all = EnumSet.copyOf(Outcome.FORBIDDEN);
        all.addAll(List.of(forbidden));
        return new Fault(name, description, scenario, mayDisconnect, all);
    }
}
