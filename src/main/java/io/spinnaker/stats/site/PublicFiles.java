package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.Dashboard.Published;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** All public files. Computed from what the dashboard has drawn; nothing here reads an event. */
@Singleton
public final class PublicFiles {

    private final Dashboard dashboard;

    /** Creates the files; computes nothing. */
    public PublicFiles(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    /** Computes every file, {@code index.json} last. Blocks. */
    public List<ChartFile> files(LocalDate asOf) {
        Published published = dashboard.published(asOf);
        return Dashboard.files(published);
    }

    /** Computes one file; empty if there is none with that name. Blocks. */
    public Optional<ChartFile> file(String name, LocalDate asOf) {
        return Optional.ofNullable(dashboard.file(name, asOf));
    }
}
