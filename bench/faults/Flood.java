package faults;

import java.util.List;

/**
 * Clients post as fast as they can, while BigQuery stores less than a tenth of their events.
 *
 * @param topic how the dead-letter topic handles the rest
 */
record Flood(Behaviour topic) implements Scenario {

    private static final int CONNECTIONS = 1_000;
    private static final int SEQUENTIAL_REQUESTS = 200;

    @Override
    public void run(TestHarness harness) throws Exception {
        harness.warmUp();
        double beforeMs = harness.sequentialMedianMs(SEQUENTIAL_REQUESTS);
        long from = System.nanoTime();
        harness.setBehaviour(Behaviour.narrow(), topic);
        try (LoadGenerator load = harness.startLoad(CONNECTIONS, Double.POSITIVE_INFINITY)) {
            Thread.sleep(harness.faultDuration());
        }
        List<EventLedger.Request> flood = harness.ledger()
                .requests()
                .filter(request -> request.startedAt() >= from)
                .toList();
        harness.setBehaviour(Behaviour.HEALTHY, Behaviour.HEALTHY);
        double afterMs = harness.sequentialMedianMs(SEQUENTIAL_REQUESTS);
        harness.addNote(
                "%.0f events/s: 204 %.1f %%, 202 %.1f %%, 503 %.1f %%; slowest response %.0f ms (goal: under 4000)",
                flood.size() / (harness.faultDuration().toMillis() / 1e3),
                percentage(flood, 204),
                percentage(flood, 202),
                percentage(flood, 503),
                flood.stream()
                        .filter(EventLedger.Request::hasResponse)
                        .mapToDouble(EventLedger.Request::durationMs)
                        .max()
                        .orElse(Double.NaN));
        harness.addNote(
                "median of %d sequential requests %.1f ms before, %.1f ms after, ratio %.2f",
                SEQUENTIAL_REQUESTS, beforeMs, afterMs, afterMs / beforeMs);
    }

    private static double percentage(List<EventLedger.Request> requests, int status) {
        return 100.0
                * requests.stream()
                        .filter(request -> request.status() == status)
                        .count()
                / requests.size();
    }
}
