package io.spinnaker.stats.dashboard;

import io.quarkus.runtime.Startup;
import io.spinnaker.stats.dashboard.Dashboard.Options;
import io.spinnaker.stats.demo.DemoData;
import io.spinnaker.stats.warehouse.Analysis;
import io.spinnaker.stats.warehouse.DuckDbWarehouse;
import io.spinnaker.stats.warehouse.Warehouse;
import io.spinnaker.stats.watch.Counts;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes the one dashboard, and decides where the service has the public files from. */
final class Dashboards {

    /** Made when it is first used: the service that collects has no need of it. */
    @Produces
    @Singleton
    Dashboard dashboard(Analysis analysis, Warehouse warehouse, DashboardConfig config, Instance<DemoData> demo) {
        Integer retentionDays =
                config.retentionDays().isPresent() ? config.retentionDays().getAsInt() : null;
        return new Dashboard(
                analysis,
                new Options(
                        config.threshold(),
                        warehouse instanceof DuckDbWarehouse ? Options.ALL_DAYS_BACK : Options.USUAL_DAYS_BACK,
                        retentionDays,
                        demo.isResolvable() ? demo.get()::isThere : null));
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
