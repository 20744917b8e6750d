package faults;

import java.util.function.IntFunction;

/**
 * Hostile clients hold connections while regular clients send events.
 *
 * @param hostileClients creates them for the service's port
 */
record HostileClientsScenario(IntFunction<HostileClients> hostileClients) implements Scenario {

    @Override
    public void run(TestHarness harness) throws Exception {
        long start = System.nanoTime();
        harness.warmUp();
        double p99BeforeMs = harness.ledger().percentileMs(0.99, start, System.nanoTime());
        double memoryBeforeMib = harness.service().residentMib();
        long from = System.nanoTime();
        try (LoadGenerator load = harness.startLoad();
                HostileClients hostile = hostileClients.apply(harness.service().port())) {
            hostile.start();
            Thread.sleep(harness.faultDuration());
            harness.addNote("%s", hostile.describe());
            harness.addNote(
                    "p99 of regular clients %.1f ms, %.1f ms before; %.0f MiB resident, %.0f MiB before",
                    harness.ledger().percentileMs(0.99, from, System.nanoTime()),
                    p99BeforeMs,
                    harness.service().residentMib(),
                    memoryBeforeMib);
        }
        harness.recover();
    }
}
