package io.spinnaker.stats.web;

import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.DrawFailure;
import io.spinnaker.stats.site.PublicFiles;
import jakarta.inject.Provider;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Computes the public files on request, one at a time, where queries are free: on a local database. */
final class OnDemandFiles implements ChartFileSource {

    private static final Logger LOG = Logger.getLogger(OnDemandFiles.class);

    private final Provider<Dashboard> dashboard;
    private final Provider<PublicFiles> files;
    private final Clock clock;

    /** Creates the source; the dashboard and the files are created at the first request. */
    OnDemandFiles(Provider<Dashboard> dashboard, Provider<PublicFiles> files, Clock clock) {
        this.dashboard = dashboard;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<CachedFile> find(String name) throws IOException {
        LocalDate asOf = LocalDate.now(clock).minusDays(1);
        List<DrawFailure> failures = dashboard.get().update(asOf, Set.of());
        for (DrawFailure failure : failures) {
            LOG.warnf("not drawn: %s: %s", failure.subject(), failure.cause().getMessage());
            if (failure.isChartOf(name)) {
                throw new IOException("cannot draw %s: %s"
                        .formatted(failure.subject(), failure.cause().getMessage()));
            }
        }
        return files.get().file(name, asOf).map(file -> CachedFile.of(file.contentType(), file.content(), "no-cache"));
    }
}
