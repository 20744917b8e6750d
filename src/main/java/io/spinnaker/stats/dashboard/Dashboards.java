package io.spinnaker.stats.dashboard;

import io.quarkus.runtime.Startup;
import io.spinnaker.stats.dashboard.Dashboard.Options;
import io.spinnaker.stats.warehouse.Analysis;
import io.spinnaker.stats.warehouse.DuckDbWarehouse;
import io.spinnaker.stats.warehouse.Warehouse;
import io.spinnaker.stats.watch.Counts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes the one dashboard, and decides where the service has the public files from. */
final class Dashboards {

    /** Made when it is first used: the service that collects has no need of it. */
    @Produces
    @Singleton
    Dashboard dashboard(Analysis analysis, DashboardConfig config) {
        Integer retentionDays =
                config.retentionDays().isPresent() ? config.retentionDays().getAsInt() : null;
        return new Dashboard(analysis, new Options(config.threshold(), Options.USUAL_DAYS_BACK, retentionDays, false));
    }

    /** Reads and draws nothing; at the start, so that a setting that is wrong ends it there. */
    @Produces
    @Singleton
    @Startup
    DataFiles files(DashboardConfig config, Warehouse warehouse, Provider<Dashboard> dashboard, Counts counts) {
        if (config.dataUrl().isPresent()) {
            return new PublishedFiles(config.dataUrl().get(), counts);
        }
        return warehouse instanceof DuckDbWarehouse ? new DrawnFiles(dashboard) : name -> Optional.empty();
    }
}
