package faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The service between clients and two fake servers. Each fault gets a new harness, so that faults are independent. */
final class TestHarness implements AutoCloseable {

    /** Keeps all parts busy without saturating two cores. */
    private static final int CONNECTIONS = 16;

    private static final double EVENTS_PER_SECOND = 300;

    private final EventGenerator events;
    private final Phases phases;
    private final EventLedger ledger = new EventLedger();
    private final FakeBigQuery bigQuery;
    private final FakePubSub topic;
    private final ServiceProcess service;
    private final List<String> notes = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private String recoveryTime;

    TestHarness(EventGenerator events, Phases phases) throws Exception {
        this.events = events;
        this.phases = phases;
        this.bigQuery = new FakeBigQuery(ledger);
        this.topic = new FakePubSub(ledger);
        this.service = new ServiceProcess(bigQuery.url(), topic.url());
        service.start();
    }

    EventLedger ledger() {
        return ledger;
    }

    ServiceProcess service() {
        return service;
    }

    Duration faultDuration() {
        return phases.fault();
    }

    void setBehaviour(Behaviour ofBigQuery, Behaviour ofTopic) throws IOException {
        bigQuery.setBehaviour(ofBigQuery);
        topic.setBehaviour(ofTopic);
    }

    /** Starts the default load. It continues until it is closed. */
    LoadGenerator startLoad() {
        return startLoad(CONNECTIONS, EVENTS_PER_SECOND);
    }

    LoadGenerator startLoad(int connections, double eventsPerSecond) {
        return new LoadGenerator(service.port(), connections, eventsPerSecond, events::next, ledger);
    }

    LoadGenerator startLoadOfLargeEvents(int connections) {
        return new LoadGenerator(service.port(), connections, Double.POSITIVE_INFINITY, events::nextLarge, ledger);
    }

    /** Runs the default load before the fault. */
    void warmUp() throws InterruptedException {
        runLoad(phases.warmUp());
    }

    /** Ends the fault, restarts the service if it has ended, and runs the default load. */
    void recover() throws Exception {
        setBehaviour(Behaviour.HEALTHY, Behaviour.HEALTHY);
        if (!service.isAlive()) {
            service.start();
        }
        long faultEndedAt = System.nanoTime();
        runLoad(phases.recovery());
        OptionalLong firstStoredAt = ledger.requests()
                .filter(request -> request.startedAt() >= faultEndedAt && request.status() == 204)
                .mapToLong(EventLedger.Request::endedAt)
                .min();
        recoveryTime = firstStoredAt.isPresent()
                ? (firstStoredAt.getAsLong() - faultEndedAt) / 1_000_000 + " ms"
                : "not within " + phases.recovery().toMillis() + " ms";
    }

    /** Returns the time from the end of the fault to the first 204; null if the scenario has no recovery. */
    String recoveryTime() {
        return recoveryTime;
    }

    private void runLoad(Duration duration) throws InterruptedException {
        try (LoadGenerator load = startLoad()) {
            Thread.sleep(duration);
        }
    }

    /** Returns the median latency of requests that one client sends one after another, without other load. */
    double sequentialMedianMs(int requests) {
        long from = System.nanoTime();
        try (SpinnakerClient client = new SpinnakerClient(service.port(), ledger)) {
            for (int i = 0; i < requests; i++) {
                client.post(events.next());
            }
        }
        return ledger.percentileMs(0.5, from, System.nanoTime());
    }

    /** Adds figures that have no column in the table. */
    void addNote(String format, Object... figures) {
        notes.add(String.format(Locale.ROOT, format, figures));
    }

    /** Reports a violation that the ledger cannot show. */
    void reportViolation(String violation) {
        violations.add(violation);
    }

    List<String> notes() {
        return notes;
    }

    /** Describes the guarantees that the service violated. */
    List<String> violations(boolean mustRespond) {
        List<String> all = new ArrayList<>(violations);
        if (ledger.lost() > 0) {
            all.add(ledger.lost() + " events were acknowledged but lost");
        }
        if (ledger.duplicated() > 0) {
            all.add(ledger.duplicated() + " events were stored twice with different event_ids");
        }
        if (mustRespond && ledger.late() > 0) {
            all.add(ledger.late() + " requests got no response within " + SpinnakerClient.TIMEOUT.toMillis() + " ms");
        }
        return all;
    }

    @Override
    public void close() {
        service.close();
        bigQuery.close();
        topic.close();
    }
}
