package faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The service between clients and two fake servers, on which faults are injected. */
final class TestHarness implements AutoCloseable {

    /** Default load: keeps all parts busy without saturating two cores. */
    static final double EVENTS_PER_SECOND = 300;

    private static final String TOPIC = "projects/demo/topics/dead-letter";
    private static final String TABLE = "projects/demo/datasets/stats/tables/events";

    final EventGenerator events = new EventGenerator();
    final int faultMs;
    final int warmUpMs;
    final int port = FakeServer.freePort();
    final EventLedger ledger = new EventLedger();

    final List<String> notes = new ArrayList<>(); // figures that have no column in the table
    final List<String> violations = new ArrayList<>();

    private final int connections;
    private final FakeServer bigQuery = new FakeServer("/bigquery/v2/" + TABLE + "/insertAll", ledger);
    private final FakeServer topic = new FakeServer("/v1/" + TOPIC + ":publish", ledger);
    ServiceProcess service; // another process after a restart
    private boolean shouldRun;
    private double peakMib;

    /**
     * @param faultMs duration of each fault
     * @param connections connections of the default load; 0 if the program provides the load
     */
    TestHarness(int faultMs, int connections) throws Exception {
        this.faultMs = faultMs;
        this.warmUpMs = Math.max(250, faultMs / 16);
        this.connections = connections;
        startService();
    }

    /** Runs the scenario of a fault and restores the servers and the service. */
    void inject(Fault fault) throws Exception {
        if (fault.mayDisconnect()) {
            ledger.requireResponses(false);
        }
        fault.scenario().run(this);
        setBehaviour(Behaviour.HEALTHY, Behaviour.HEALTHY);
        if (!service.isAlive()) {
            if (shouldRun) {
                violations.add("the process ended by itself");
            }
            startService();
        }
        if (fault.mayDisconnect()) {
            ledger.requireResponses(true);
        }
    }

    /** Adds a violation for each outcome that is forbidden and happened. */
    void check(Set<Outcome> forbidden) {
        for (Outcome outcome : forbidden) {
            long count = ledger.count(outcome);
            if (count > 0) {
                violations.add(count + " x " + outcome.label);
            }
        }
    }

    void setBehaviour(Behaviour ofBigQuery, Behaviour ofTopic) throws Exception {
        bigQuery.setBehaviour(ofBigQuery);
        topic.setBehaviour(ofTopic);
    }

    /** Starts the service, always on the same port. Returns once it listens. */
    void startService() throws IOException {
        Map<String, String> settings = Map.of( // names and values
                "STATS_STORAGE_KIND",
                "bigquery",
                "STATS_STORAGE_BIGQUERY_PROJECT",
                "demo",
                "STATS_STORAGE_BIGQUERY_HOST",
                bigQuery.url,
                "STATS_DEAD_LETTER_TOPIC",
                TOPIC,
                "STATS_DEAD_LETTER_HOST",
                topic.url);
        ledger.recordStart();
        service = new ServiceProcess(port, settings);
        shouldRun = true;
    }

    /** Sends SIGTERM. Returns whether the service ended in time. */
    boolean terminateService(int timeoutMs) throws InterruptedException {
        peakMib();
        shouldRun = false;
        return service.terminate(timeoutMs);
    }

    void killService() {
        peakMib();
        shouldRun = false;
        service.kill();
    }

    /** Returns the highest resident memory of all processes of the service so far. */
    double peakMib() {
        peakMib = Math.max(peakMib, service.peakMib());
        return peakMib;
    }

    /** Starts clients that post events until the load is closed. */
    LoadGenerator startLoad(int clients, double eventsPerSecond, Supplier<EventGenerator.Request> requests) {
        return new LoadGenerator(port, clients, eventsPerSecond, requests, ledger);
    }

    /** Starts the default load. */
    LoadGenerator startLoad() {
        return startLoad(connections, EVENTS_PER_SECOND, events::next);
    }

    void runLoad(int durationMs) throws InterruptedException {
        try (LoadGenerator load = startLoad()) {
            Thread.sleep(durationMs);
        }
    }

    /** Returns the median latency of requests that one client sends one after another, without other load. */
    double medianOfSequentialRequestsMs() throws InterruptedException {
        long from = System.nanoTime();
        try (LoadGenerator load = startLoad(1, Double.POSITIVE_INFINITY, events::next)) {
            Thread.sleep(warmUpMs);
        }
        return ledger.percentileMs(0.5, from);
    }

    void addNote(String format, Object... figures) {
        notes.add(String.format(Locale.ROOT, format, figures));
    }

    /** Kills the service. A graceful shutdown is not needed, because acknowledged events are already stored. */
    @Override
    public void close() throws Exception {
        service.kill();
        bigQuery.close();
        topic.close();
    }
}
