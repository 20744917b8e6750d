package io.spinnaker.stats.watch;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Counts what happens, and logs each count a minute after its first, or at the end of the process: a line an event
 * would cost more than the event, and tell more than anybody should know. What is counted is in fixed words; the log is
 * what alerts stand on.
 */
@Singleton
public class Counts {

    private static final Logger LOG = Logger.getLogger(Counts.class);
    private static final long PERIOD_MS = 60_000;

    /** Different ones at most; what a client can make up is counted as {@code other} from there on. */
    private static final int MAX_KINDS = 200;

    private final Vertx vertx;
    private final Map<String, Long> counts = new TreeMap<>(); // guarded by this

    /** Counts from nothing; the timer is of this. */
    public Counts(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Counts one.
     *
     * @param event what happened, a word or two, such as {@code refused}
     * @param details names and values in logfmt, such as {@code status=400}; may be empty
     * @return whether it is the first since the counts were logged
     */
    public boolean add(String event, String details) {
        String kind = details.isEmpty() ? event : event + " " + details;
        synchronized (this) {
            if (counts.isEmpty()) {
                vertx.setTimer(PERIOD_MS, timer -> log());
            }
            if (counts.size() >= MAX_KINDS && !counts.containsKey(kind)) {
                kind = event + " other";
            }
            return counts.merge(kind, 1L, Long::sum) == 1;
        }
    }

    void log() {
        Map<String, Long> counted;
        synchronized (this) {
            counted = new TreeMap<>(counts);
            counts.clear();
        }
        counted.forEach((kind, count) -> LOG.infof("counted %d: %s", count, kind));
    }

    void end(@Observes ShutdownEvent event) {
        log();
    }
}
