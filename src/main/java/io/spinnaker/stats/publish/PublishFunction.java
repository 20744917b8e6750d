package io.spinnaker.stats.publish;

import io.cloudevents.CloudEvent;
import io.quarkus.funqy.Funq;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.DrawFailure;
import io.spinnaker.stats.charts.MonthHeldException;
import io.spinnaker.stats.charts.RedrawRefusedException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.publish.OwnerDecision.InvalidAttributeException;
import io.spinnaker.stats.site.PublicFiles;
import io.spinnaker.stats.storage.QueryFailedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * Publishes the charts once a day: updates the roll-ups, draws the periods that are due and writes every file to the public
 * bucket. Drawn periods do not change, so a repeated run writes the same bytes.
 */
@Singleton
public class PublishFunction {

    private static final Logger LOG = Logger.getLogger(PublishFunction.class);

    /** Clients and Cloud Storage may serve a copy for this long. */
    private static final String CACHE_CONTROL = "public, max-age=300";

    /** If more files fail, no other is tried: the bucket is to blame, and each call can take half a minute. */
    private static final int MAX_FAILURES = 3;

    private final Dashboard dashboard;
    private final PublicFiles publicFiles;
    private final PublicBucket bucket;
    private final LogMetrics metrics;
    private final Clock clock;

    /** Creates the function; makes no call. */
    @Inject
    PublishFunction(
            Dashboard dashboard, PublicFiles publicFiles, PublicBucket bucket, LogMetrics metrics, Clock clock) {
        this.dashboard = dashboard;
        this.publicFiles = publicFiles;
        this.bucket = bucket;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Publishes the charts up to the end of yesterday (UTC).
     *
     * @param event the trigger. Its message attributes are the decisions of an owner: {@code release}, a list of months such as
     *     {@code 2026-10} to publish although they were held, and {@code redraw}, a month to draw again
     * @throws RuntimeException if something could not be drawn or a file not be written: the event must be delivered again.
     *     Everything else is published, {@code index.json} last. Never for an owner's message, because each delivery would
     *     draw the month from other events
     */
    @Funq
    public void publish(CloudEvent event) {
        publish(
                LocalDate.now(clock).minusDays(1),
                event.getData() == null ? new byte[0] : event.getData().toBytes());
    }

    void publish(LocalDate asOf, byte[] message) {
        long start = System.nanoTime();
        boolean isRepeated = false;
        try {
            OwnerDecision decision = OwnerDecision.of(message);
            isRepeated = decision.isEmpty();
            decision.redraw().ifPresent(month -> dashboard.redraw(month, asOf));
            List<DrawFailure> failures = new ArrayList<>(dashboard.update(asOf, decision.release()));
            PublicFiles.Computed computed = publicFiles.files(asOf);
            failures.addAll(computed.failures());
            List<ChartFile> files = computed.files();
            write(files, failures);
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
            if (isRepeated) {
                throw e;
            }
        }
    }

    /** Writes the files, and notes those that fail. */
    private void write(List<ChartFile> files, List<DrawFailure> failures) {
        int failed = 0;
        for (ChartFile file : files) {
            try {
                if (file.content().length > Limits.DOWNLOADS.maxFileBytes()) {
                    throw new UploadFailedException("%s has %d bytes; the limit is %d"
                            .formatted(file.name(), file.content().length, Limits.DOWNLOADS.maxFileBytes()));
                }
                bucket.write("data/" + file.name(), file, CACHE_CONTROL);
            } catch (UploadFailedException e) {
                failures.add(new DrawFailure("file=" + file.name(), e));
                if (++failed > MAX_FAILURES) {
                    throw e;
                }
            }
        }
    }

    /** Throws the first failure after the log has a line for each. A held month is not thrown, because a repeated run would hold it again. */
    private void report(List<DrawFailure> failures) {
        for (DrawFailure failure : failures) {
            if (failure.cause() instanceof MonthHeldException) {
                metrics.incrementAndLogFirst(Level.ERROR, Metric.PUBLICATION_HELD, reason(failure.cause()));
            } else {
                LOG.errorf("not published: %s: %s", failure.subject(), reason(failure.cause()));
            }
        }
        failures.stream()
                .map(DrawFailure::cause)
                .filter(cause -> !(cause instanceof MonthHeldException))
                .findFirst()
                .ifPresent(cause -> {
                    throw cause;
                });
    }

    /** The message of an unexpected exception could quote an event. */
    private static String reason(RuntimeException e) {
        return e instanceof QueryFailedException
                        || e instanceof UploadFailedException
                        || e instanceof MonthHeldException
                        || e instanceof InvalidAttributeException
                        || e instanceof RedrawRefusedException
                ? String.valueOf(e.getMessage())
                : "unexpected " + e.getClass().getName();
    }
}
