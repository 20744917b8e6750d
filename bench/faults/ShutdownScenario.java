package faults;

import java.time.Duration;
import java.util.List;

/** The service process ends under load. */
enum ShutdownScenario implements Scenario {

    /** Ends it like Cloud Run. The service must respond to all requests that it received before the signal. */
    SIGTERM {
        @Override
        void end(TestHarness harness, LoadGenerator load) throws InterruptedException {
            long signalledAt = System.nanoTime();
            boolean ended = harness.service().terminate(SHUTDOWN_TIMEOUT);
            double tookMs = (System.nanoTime() - signalledAt) / 1e6;
            load.close();
            List<EventLedger.Request> inFlight = harness.ledger()
                    .requests()
                    .filter(request -> request.writtenAt() < signalledAt && request.endedAt() > signalledAt)
                    .toList();
            long withoutResponse =
                    inFlight.stream().filter(request -> !request.hasResponse()).count();
            harness.addNote(
                    "%d requests were in flight at the signal, %d of them got no response; shutdown took %.0f ms",
                    inFlight.size(), withoutResponse, tookMs);
            if (withoutResponse > 0) {
                harness.reportViolation(withoutResponse + " requests sent before the signal got no response");
            }
            if (!ended) {
                harness.reportViolation(
                        "the process had not ended " + SHUTDOWN_TIMEOUT.toSeconds() + " s after the signal");
            }
        }
    },

    /** Kills it like the kernel's out-of-memory killer. */
    KILL {
        @Override
        void end(TestHarness harness, LoadGenerator load) {
            load.stop();
            harness.service().kill();
        }
    },

    /** Kills and restarts it while the clients continue. */
    RESTART {
        @Override
        void end(TestHarness harness, LoadGenerator load) throws Exception {
            harness.service().kill();
            Thread.sleep(DOWNTIME);
            harness.service().start();
            Thread.sleep(harness.faultDuration().dividedBy(2));
        }
    };

    /** Enough connections to keep sending while BigQuery is slow. */
    private static final int CONNECTIONS = 128;

    private static final double EVENTS_PER_SECOND = 300;
    private static final Behaviour SLOW = Behaviour.slow(Duration.ofMillis(300)); // keeps many requests in flight
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(8); // Cloud Run kills after 10 s
    private static final Duration DOWNTIME = Duration.ofMillis(300);

    /** Ends the process under load. */
    abstract void end(TestHarness harness, LoadGenerator load) throws Exception;

    @Override
    public void run(TestHarness harness) throws Exception {
        harness.warmUp();
        harness.setBehaviour(SLOW, Behaviour.HEALTHY);
        try (LoadGenerator load = harness.startLoad(CONNECTIONS, EVENTS_PER_SECOND)) {
            Thread.sleep(harness.faultDuration().dividedBy(2));
            end(harness, load);
        }
        harness.recover();
    }
}
