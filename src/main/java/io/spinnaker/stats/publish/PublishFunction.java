package io.spinnaker.stats.publish;

import io.cloudevents.CloudEvent;
import io.quarkus.funqy.Funq;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.storage.QueryFailedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** If more charts fail, no other file is tried: the bucket is to blame, and each call can take half a minute. */
    private static final int MAX_FAILURES = 3;

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
     * @throws RuntimeException if a chart could not be computed or a file not be written: the event must be delivered again.
     *     The files of a failed chart stay as they were and all others are written, {@code index.json} last
     */
    @Funq
    public void publish(CloudEvent event) {
        publish(LocalDate.now(clock).minusDays(1));
    }

    void publish(LocalDate asOf) {
        long start = System.nanoTime();
        try {
            Map<String, RuntimeException> failures = new LinkedHashMap<>();
            dashboard.rollUp(asOf).forEach(failure -> failures.put(failure.chart(), failure.cause()));
            List<ChartFile> files = dashboard.files(asOf);
            files.forEach(file -> write("data/" + asOf + "/", file, DATED, failures));
            files.forEach(file -> write("data/", file, LATEST, failures));
            report(failures);
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

    /** Writes a file unless its chart has failed, and notes a failure. */
    private void write(String folder, ChartFile file, String cacheControl, Map<String, RuntimeException> failures) {
        if (failures.containsKey(file.chart())) {
            return;
        }
        try {
            if (file.content().length > Limits.DOWNLOADS.maxFileBytes()) {
                throw new UploadFailedException("%s has %d bytes; the service serves files of up to %d"
                        .formatted(file.name(), file.content().length, Limits.DOWNLOADS.maxFileBytes()));
            }
            bucket.write(folder + file.name(), file, cacheControl);
        } catch (UploadFailedException e) {
            failures.put(file.chart(), e);
            if (failures.size() > MAX_FAILURES) {
                throw e;
            }
        }
    }

    /** Throws the first failure, after the log has a line for each chart. */
    private static void report(Map<String, RuntimeException> failures) {
        failures.forEach((chart, failure) -> LOG.errorf("not published: chart=%s: %s", chart, reason(failure)));
        if (!failures.isEmpty()) {
            throw failures.values().iterator().next();
        }
    }

    /** The message of an unexpected exception could quote an event. */
    private static String reason(RuntimeException e) {
        return e instanceof QueryFailedException || e instanceof UploadFailedException
                ? String.valueOf(e.getMessage())
                : "unexpected " + e.getClass().getName();
    }
}
