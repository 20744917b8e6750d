package faults;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

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

    /** BigQuery rejects half of the calls. At least three quarters of the requests must get 204, by retries. */
    static Scenario retried(Behaviour bigQuery) {
        return harness -> {
            long from = System.nanoTime();
            outage(bigQuery, Behaviour.HEALTHY).run(harness);
            List<EventLedger.Request> requests = harness.ledger.requests(request -> request.startedAt() > from);
            long failed =
                    requests.stream().filter(request -> request.status() != 204).count();
            if (4 * failed > requests.size()) {
                harness.violations.add(failed + " requests, more than a quarter, got another status than 204");
            }
        };
    }

    /** Clients post requests of one kind as fast as they can, while BigQuery and perhaps the topic fail. */
    static Scenario clients(
            int clients,
            Function<EventGenerator, Supplier<EventGenerator.Request>> kind,
            Behaviour bigQuery,
            Behaviour topic) {
        return harness -> {
            harness.setBehaviour(bigQuery, topic);
            try (LoadGenerator load =
                    harness.startLoad(clients, Double.POSITIVE_INFINITY, kind.apply(harness.events))) {
                Thread.sleep(harness.faultMs);
            }
        };
    }

    /** 1,000 clients post as fast as they can, while BigQuery stores less than a tenth of their events. */
    static Scenario flood(Behaviour topic) {
        return harness -> {
            double beforeMs = harness.medianOfSequentialRequestsMs();
            long from = System.nanoTime();
            clients(1_000, events -> events::next, Behaviour.narrow(), topic).run(harness);
            harness.addNote("slowest response %.0f ms (goal: under 4000)", harness.ledger.percentileMs(1, from));
            harness.setBehaviour(Behaviour.HEALTHY, Behaviour.HEALTHY);
            double afterMs = harness.medianOfSequentialRequestsMs();
            harness.addNote("median of sequential requests %.1f ms before, %.1f ms after", beforeMs, afterMs);
        };
    }

    /** Hostile clients hold connections while regular clients send events. They must not be able to cause a 5xx. */
    static Scenario hostileClients(HostileClients.Factory factory) {
        return harness -> {
            double p99BeforeMs = harness.ledger.percentileMs(0.99, 0);
            double memoryBeforeMib = harness.service.residentMib();
            long from = System.nanoTime();
            try (LoadGenerator load = harness.startLoad();
                    HostileClients hostile = factory.start(harness.port)) {
                Thread.sleep(harness.faultMs);
                harness.addNote("%s", hostile);
                harness.addNote(
                        "p99 of regular clients %.1f ms before, %.1f ms then; %.0f MiB resident before, %.0f MiB then",
                        p99BeforeMs,
                        harness.ledger.percentileMs(0.99, from),
                        memoryBeforeMib,
                        harness.service.residentMib());
                if (hostile.serverErrors.get() > 0) {
                    harness.violations.add(hostile.serverErrors + " responses 5xx to hostile clients; expected 4xx");
                }
            }
        };
    }

    /**
     * Ends the service like Cloud Run. It must respond to all requests that it received before the signal, and none may
     * get 503.
     */
    static Scenario sigterm() {
        int timeoutMs = 8_000; // Cloud Run kills after 10 s
        return underLoad((harness, load) -> {
            long signalledAt = System.nanoTime();
            boolean ended = harness.terminateService(timeoutMs);
            double tookMs = (System.nanoTime() - signalledAt) / 1e6;
            load.close();
            Predicate<EventLedger.Request> isInFlight =
                    request -> request.writtenAt() < signalledAt && request.endedAt() > signalledAt;
            int inFlight = harness.ledger.requests(isInFlight).size();
            int withoutResponse = harness.ledger
                    .requests(isInFlight.and(request -> request.status() == EventLedger.NO_RESPONSE))
                    .size();
            int rejected = harness.ledger
                    .requests(request -> request.endedAt() > signalledAt && request.status() == 503)
                    .size();
            harness.addNote("%d requests in flight at the signal; shutdown took %.0f ms", inFlight, tookMs);
            if (withoutResponse > 0) {
                harness.violations.add(withoutResponse + " requests sent before the signal got no response");
            }
            if (rejected > 0) {
                harness.violations.add(rejected + " requests got 503 after the signal");
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
