package io.spinnaker.stats.dev.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.spinnaker.stats.charts.DemoDataDetector;
import io.spinnaker.stats.storage.BulkLoader;
import io.spinnaker.stats.storage.StorageEngine;
import jakarta.inject.Singleton;
import java.time.LocalDate;

/**
 * Invented events in a developer's own database, never beside real ones. The ids of invented instances begin with {@link
 * DemoInstance#ID_PREFIX}.
 */
@IfBuildProfile("dev")
@Singleton
public class DemoData implements DemoDataDetector {

    private final StorageEngine engine;

    DemoData(StorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public boolean exists() {
        return engine.bulkLoader()
                .map(loader -> loader.count(DemoInstance.ID_PREFIX) > 0)
                .orElse(false);
    }

    /**
     * Replaces earlier demo data by the year before a day. Takes seconds, during which nothing else is written.
     *
     * @return the number of events in the database
     * @throws DemoDataRefusedException if the database is not local or holds real events; nothing is changed
     */
    long fill(LocalDate today) throws DemoDataRefusedException {
        BulkLoader loader = engine.bulkLoader()
                .orElseThrow(() -> new DemoDataRefusedException(
                        "Demo data needs DuckDB, but stats.storage.kind is another engine."));
        long real = loader.count("") - loader.count(DemoInstance.ID_PREFIX);
        if (real > 0) {
            throw new DemoDataRefusedException(
                    "The database holds real events (" + real + "); demo data is not mixed with"
                            + " them. Move stats.duckdb away, or start with STATS_STORAGE_DUCKDB_PATH=demo.duckdb.");
        }
        return loader.replace(DemoInstance.ID_PREFIX, DemoYear.before(today).rows());
    }
}
