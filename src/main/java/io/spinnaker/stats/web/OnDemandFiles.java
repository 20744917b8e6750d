package io.spinnaker.stats.web;

import io.spinnaker.stats.charts.Dashboard;
import jakarta.inject.Provider;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/** Files that are drawn when somebody asks for them, one at a time: for a laptop, where nothing is published. */
final class OnDemandFiles implements ChartFileSource {

    private final Provider<Dashboard> dashboard;
    private final Clock clock;

    /** Makes no dashboard yet. */
    OnDemandFiles(Provider<Dashboard> dashboard, Clock clock) {
        this.dashboard = dashboard;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<CachedFile> find(String name) {
        LocalDate asOf = LocalDate.now(clock).minusDays(1);
        dashboard.get().rollUp(asOf);
        return Optional.ofNullable(dashboard.get().draw(name, asOf))
                .map(file -> CachedFile.of(file.contentType(), file.content(), "no-cache"));
    }
}
