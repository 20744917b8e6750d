package io.spinnaker.stats.dashboard;

import jakarta.inject.Provider;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Files that are drawn when somebody asks for them, one at a time: for a laptop, where nothing is published. */
final class DrawnFiles implements DataFiles {

    private final Provider<Dashboard> dashboard;

    /** Makes no dashboard yet. */
    DrawnFiles(Provider<Dashboard> dashboard) {
        this.dashboard = dashboard;
    }

    @Override
    public synchronized Optional<ServedFile> find(String name) {
        LocalDate asOf = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        dashboard.get().rollUp(asOf);
        return Optional.ofNullable(dashboard.get().draw(name, asOf))
                .map(file -> ServedFile.of(file.contentType(), file.content(), "no-cache"));
    }
}
