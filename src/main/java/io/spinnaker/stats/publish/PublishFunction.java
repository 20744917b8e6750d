package io.spinnaker.stats.publish;

import io.cloudevents.CloudEvent;
import io.quarkus.funqy.Funq;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.storage.QueryFailedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Publishes the charts once a day: updates the roll-ups, computes every file and writes it to the public bucket. The same
 * events give the same bytes, so repeated and concurrent runs change nothing.
 */
@Singleton
public class PublishFunction {

    private static final Logger LOG = Logger.getLogger(PublishFunction.class);

    /** Clients and Cloud Storage may serve a copy for this long. */
    private static final String LATEST = "public, max-age=300";

    /** A day's copy is rewritten only if that day is published again. */
    private static final String DATED = "public, max-age=3600";

    private final Dashboard dashboard;
    private final PublicBucket bucket;
    private final LogMetrics metrics;
    private final Clock clock;

    /** Creates the function; makes no call. */
    @Inject
    PublishFunction(Dashboard dashboard, PublicBucket bucket, LogMetrics metrics, Clock clock) {
        this.dashboard = dashboard;
        this.bucket = bucket;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Publishes the charts up to the end of yesterday (UTC).
     *
     * @param event the trigger; its content is ignored
     * @throws RuntimeException if a file could not be written: the event must be delivered again. {@code index.json} is
     *     written last, so every file that it names is complete
     */
    @Funq
    public void publish(CloudEvent event) {
        publish(LocalDate.now(clock).minusDays(1));
    }

    void publish(LocalDate asOf) {
        long start = System.nanoTime();
        try {
            dashboard.rollUp(asOf);
            List<ChartFile> files = dashboard.files(asOf);
            files.forEach(file -> bucket.write("data/" + asOf + "/" + file.name(), file, DATED));
            files.forEach(file -> bucket.write("data/" + file.name(), file, LATEST));
            metrics.increment(Metric.PUBLISHED);
            LOG.infof(
                    "published: files=%d bytes=%d asOf=%s seconds=%d",
                    files.size(),
                    files.stream().mapToLong(file -> file.content().length).sum(),
                    asOf,
                    (System.nanoTime() - start) / 1_000_000_000);
        } catch (RuntimeException e) {
            metrics.incrementAndLogFirst(Level.ERROR, Metric.PUBLISH_FAILED, reason(e));
            throw e;
        }
    }

    /** The message of an unexpected exception could quote an event. */
    private static String reason(RuntimeException e) {
        return e instanceof QueryFailedException || e instanceof UploadFailedException
                ? String.valueOf(e.getMessage())
                : "unexpected " + e.getClass().getName();
    }
}
