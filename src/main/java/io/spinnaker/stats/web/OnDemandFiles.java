package io.spinnaker.stats.web;

import io.spinnaker.stats.charts.Dashboard;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.LocalDate;
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
    public synchronized Optional<CachedFile> find(String name) {
        LocalDate asOf = LocalDate.now(clock).minusDays(1);
        dashboard.get().rollUp(asOf);
        return Optional.ofNullable(dashboard.get().file(name, asOf))
                .map(file -> CachedFile.of(file.contentType(), file.content(), "no-cache"));
    }
}
