package io.spinnaker.stats.publish;

import io.cloudevents.CloudEvent;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.storage.QueryFailedException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Makes the numbers public, once a day: brings the roll-ups up to date, draws every file and writes it to the public
 * bucket. The same events give the same bytes, so that to do it again, or twice at a time, changes nothing.
 */
@Singleton
public class PublishFunction {

    private static final Logger LOG = Logger.getLogger(PublishFunction.class);

    /** For how long a reader need not ask again, and Cloud Storage may answer from a copy. */
    private static final String LATEST = "public, max-age=300";

    /** A day's copy is written anew only when the day's numbers are published again. */
    private static final String DATED = "public, max-age=3600";

    private final Dashboard dashboard;
    private final PublicBucket bucket;
    private final Clock clock;

    /** Calls nobody yet. */
    @Inject
    public PublishFunction(Dashboard dashboard, PublishConfig config, Clock clock) {
        this(
                dashboard,
                new PublicBucket(
                        config.bucket()
                                .orElseThrow(() -> new ConfigurationException(
                                        "publish needs a bucket; set stats.publish.bucket (STATS_PUBLISH_BUCKET)")),
                        config.host()),
                clock);
    }

    PublishFunction(Dashboard dashboard, PublicBucket bucket, Clock clock) {
        this.dashboard = dashboard;
        this.bucket = bucket;
        this.clock = clock;
    }

    /**
     * Publishes what there is until the end of yesterday, in UTC.
     *
     * @param event says that it is time; nothing of it is read
     * @throws RuntimeException when not all of it could be written: the event must be delivered again. What index.json
     *     names is whole all the same, for it is written last
     */
    @Funq
    public void publish(CloudEvent event) {
        publish(LocalDate.now(clock).minusDays(1));
    }

    void publish(LocalDate asOf) {
        long start = System.nanoTime();
        try {
            dashboard.rollUp(asOf);
            List<ChartFile> files = dashboard.draw(asOf);
            files.forEach(file -> bucket.write("data/" + asOf + "/" + file.name(), file, DATED));
            files.forEach(file -> bucket.write("data/" + file.name(), file, LATEST));
            LOG.infof(
                    "published: files=%d bytes=%d asOf=%s seconds=%d",
                    files.size(),
                    files.stream().mapToLong(file -> file.content().length).sum(),
                    asOf,
                    (System.nanoTime() - start) / 1_000_000_000);
        } catch (RuntimeException e) {
            LOG.errorf("not published: %s", reason(e));
            throw e;
        }
    }

    /** What something unexpected says could quote an event. */
    private static String reason(RuntimeException e) {
        return e instanceof QueryFailedException || e instanceof UploadFailedException
                ? String.valueOf(e.getMessage())
                : "unexpected " + e.getClass().getName();
    }
}
