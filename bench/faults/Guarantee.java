package faults;

import java.util.function.ToLongFunction;

/** A guarantee of the service for events or requests. */
enum Guarantee {
    NOT_LOST("events were acknowledged but lost", EventLedger::lost),
    NOT_DUPLICATED("events were stored twice with different event_ids", EventLedger::duplicated),
    RESPONSE_IN_TIME(
            "requests got no response within " + LoadGenerator.CLIENT_TIMEOUT_MS + " ms",
            ledger -> ledger.count(request -> request.status() == EventLedger.NO_RESPONSE
                    || request.durationMs() > LoadGenerator.CLIENT_TIMEOUT_MS)),
    STORED_IN_BIGQUERY(
            "requests got another status than 204", ledger -> ledger.count(request -> request.status() != 204)),
    ONE_CALL_PER_ROW("rows were sent to BigQuery more than once", EventLedger::inSeveralCalls),

    /** Without retries, half of the requests of a fault that fails half of the calls would not get 204. */
    RETRIED("requests, which is more than a quarter, got another status than 204", ledger -> {
        long failed = ledger.count(request -> request.status() != 204);
        return 3 * failed > ledger.withStatus(204) ? failed : 0;
    });

    final String violation;
    final ToLongFunction<EventLedger> violations;

    Guarantee(String violation, ToLongFunction<EventLedger> violations) {
        this.violation = violation;
        this.violations = violations;
    }
}
