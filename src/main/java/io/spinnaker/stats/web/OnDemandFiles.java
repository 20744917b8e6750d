package io.spinnaker.stats.web;

import io.spinnaker.stats.charts.ChartFailure;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import jakarta.inject.Provider;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Computes the public files on request, one at a time, where queries are free: on a local database. */
final class OnDemandFiles implements ChartFileSource {

    private final Provider<Dashboard> dashboard;
    private final Clock clock;

    /** Creates the source; the dashboard is created at the first request. */
    OnDemandFiles(Provider<Dashboard> dashboard, Clock clock) {
        this.dashboard = dashboard;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<CachedFile> find(String name) throws IOException {
        LocalDate asOf = LocalDate.now(clock).minusDays(1);
        List<ChartFailure> failures = dashboard.get().rollUp(asOf);
        ChartFile file = dashboard.get().file(name, asOf);
        if (file == null) {
            return Optional.empty();
        }
        for (ChartFailure failure : failures) {
            if (failure.chart().equals(file.chart())) {
                throw new IOException("cannot compute " + failure.chart() + ": "
                        + failure.cause().getMessage());
            }
        }
        return Optional.of(CachedFile.of(file.contentType(), file.content(), "no-cache"));
    }
}
