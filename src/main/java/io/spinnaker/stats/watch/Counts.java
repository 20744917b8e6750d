package io.spinnaker.stats.watch;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Counts what happens, and logs each count a minute after the first, or at the end of the process: a line an event would
 * cost more than the event, and tell more than anybody should know. What is counted is in fixed words; the log is what
 * alerts stand on.
 */
@Singleton
public class Counts {

    private static final Logger LOG = Logger.getLogger(Counts.class);
    private static final long PERIOD_MS = 60_000;

    /** Of one event, at most; what clients can make up is counted as {@code other} from there on. */
    private static final int MAX_KINDS = 100;

    private final Vertx vertx;
    private final Map<String, Map<String, Long>> counts = new TreeMap<>(); // by event and details; guarded by this

    /** Counts from nothing; the timer is of this. */
    public Counts(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Counts one event, a word such as {@code stored}. */
    public void add(String event) {
        add(event, "");
    }

    /**
     * Counts one event.
     *
     * @param event what happened, a word such as {@code refused}
     * @param details names and values in logfmt, such as {@code status=400}
     */
    public void add(String event, String details) {
        count(event, details);
    }

    /** Counts one event that somebody should look at, by its reason; the first since the last count is logged at once. */
    public void addAndLog(Level severity, String event, String reason) {
        if (count(event, "why=\"" + reason + '"')) {
            LOG.logf(severity, "%s: %s", event, reason);
        }
    }

    /** Whether it is the first. */
    private synchronized boolean count(String event, String details) {
        if (counts.isEmpty()) {
            vertx.setTimer(PERIOD_MS, timer -> log());
        }
        Map<String, Long> kinds = counts.computeIfAbsent(event, first -> new TreeMap<>());
        boolean other = kinds.size() >= MAX_KINDS && !kinds.containsKey(details);
        return kinds.merge(other ? "other" : details, 1L, Long::sum) == 1;
    }

    private void log() {
        Map<String, Map<String, Long>> counted;
        synchronized (this) {
            counted = new TreeMap<>(counts);
            counts.clear();
        }
        counted.forEach((event, kinds) -> kinds.forEach((details, count) ->
                LOG.infof("counted %d: %s", count, details.isEmpty() ? event : event + " " + details)));
    }

    void end(@Observes ShutdownEvent event) {
        log();
    }
}
