package faults;

import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** The course of a fault, between warm-up and recovery. */
@FunctionalInterface
interface Scenario {

    void run(TestHarness harness) throws Exception;

    /** How the service ends while clients post events. */
    @FunctionalInterface
    interface End {
        void run(TestHarness harness, LoadGenerator load) throws Exception;
    }

    /** BigQuery and perhaps the dead-letter topic fail under the default load. */
    static Scenario outage(Behaviour bigQuery, Behaviour topic) {
        return harness -> {
            harness.setBehaviour(bigQuery, topic);
            harness.runLoad(harness.faultMs);
        };
    }

    /** 64 clients post events of 1 MB as fast as they can, while neither BigQuery nor the topic responds. */
    static Scenario largeBodies() {
        return harness -> {
            harness.setBehaviour(Behaviour.HANG, Behaviour.HANG);
            try (LoadGenerator load = harness.startLoad(64, Double.POSITIVE_INFINITY, harness.events::nextLarge)) {
                Thread.sleep(harness.faultMs);
            }
        };
    }

    /** 1,000 clients post as fast as they can, while BigQuery stores less than a tenth of their events. */
    static Scenario flood(Behaviour topic) {
        return harness -> {
            double beforeMs = harness.medianOfSequentialRequestsMs();
            harness.setBehaviour(Behaviour.narrow(), topic);
            long from = System.nanoTime();
            try (LoadGenerator load = harness.startLoad(1_000, Double.POSITIVE_INFINITY, harness.events::next)) {
                Thread.sleep(harness.faultMs);
            }
            harness.addNote("slowest response %.0f ms (goal: under 4000)", harness.ledger.percentileMs(1, from));
            harness.setBehaviour(Behaviour.HEALTHY, Behaviour.HEALTHY);
            double afterMs = harness.medianOfSequentialRequestsMs();
            harness.addNote("median of sequential requests %.1f ms before, %.1f ms after", beforeMs, afterMs);
        };
    }

    /** Hostile clients hold connections while regular clients send events. */
    static Scenario hostileClients(Callable<HostileClients> factory) {
        return harness -> {
            double p99BeforeMs = harness.ledger.percentileMs(0.99, 0);
            double memoryBeforeMib = harness.service.residentMib();
            long from = System.nanoTime();
            try (LoadGenerator load = harness.startLoad();
                    HostileClients hostile = factory.call()) {
                hostile.start(harness.port);
                Thread.sleep(harness.faultMs);
                harness.addNote("%s", hostile.describe());
                harness.addNote(
                        "p99 of regular clients %.1f ms before, %.1f ms then; %.0f MiB resident before, %.0f MiB then",
                        p99BeforeMs,
                        harness.ledger.percentileMs(0.99, from),
                        memoryBeforeMib,
                        harness.service.residentMib());
            }
        };
    }

    /** Ends the service like Cloud Run. It must respond to all requests that it received before the signal. */
    static Scenario sigterm() {
        int timeoutMs = 8_000; // Cloud Run kills after 10 s
        return underLoad((harness, load) -> {
            long signalledAt = System.nanoTime();
            boolean ended = harness.terminateService(timeoutMs);
            double tookMs = (System.nanoTime() - signalledAt) / 1e6;
            load.close();
            Predicate<EventLedger.Request> isInFlight =
                    request -> request.writtenAt() < signalledAt && request.endedAt() > signalledAt;
            long inFlight = harness.ledger.count(isInFlight);
            long withoutResponse =
                    harness.ledger.count(isInFlight.and(request -> request.status() == EventLedger.NO_RESPONSE));
            harness.addNote("%d requests in flight at the signal; shutdown took %.0f ms", inFlight, tookMs);
            if (withoutResponse > 0) {
                harness.violations.add(withoutResponse + " requests sent before the signal got no response");
            }
            if (!ended) {
                harness.violations.add("the process had not ended " + timeoutMs + " ms after the signal");
            }
        });
    }

    /** Kills the service like the kernel's out-of-memory killer. */
    static Scenario kill() {
        return underLoad((harness, load) -> {
            load.stop();
            harness.killService();
        });
    }

    /** Kills and restarts the service while the clients continue. */
    static Scenario restart() {
        return underLoad((harness, load) -> {
            harness.killService();
            Thread.sleep(300);
            harness.startService();
            Thread.sleep(harness.faultMs / 2);
        });
    }

    /** BigQuery takes 300 ms, so that many requests are in flight, on enough connections to keep sending. */
    private static Scenario underLoad(End end) {
        return harness -> {
            harness.setBehaviour(Behaviour.slow(300), Behaviour.HEALTHY);
            try (LoadGenerator load = harness.startLoad(128, TestHarness.EVENTS_PER_SECOND, harness.events::next)) {
                Thread.sleep(harness.faultMs / 2);
                end.run(harness, load);
            }
        };
    }
}
