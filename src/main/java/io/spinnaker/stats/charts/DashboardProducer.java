package io.spinnaker.stats.charts;

import io.quarkus.runtime.StartupEvent;
import io.spinnaker.stats.charts.Dashboard.Licence;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.BulkLoader;
import io.spinnaker.stats.storage.Maintenance;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.StorageEngine;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** Creates the dashboard from the settings. */
final class DashboardProducer {

    /** Fails at startup, and not at the first request, if the file of a chart has a wrong header. */
    void readCharts(@Observes StartupEvent event) {
        Charts.all();
    }

    /** Created when it is first used: the service that only collects never needs it. */
    @Produces
    @Singleton
    Dashboard dashboard(SqlEngine sqlEngine, StorageEngine engine, ChartsConfig config) {
        OptionalInt deletedAfter =
                engine.maintenance().map(Maintenance::retentionDays).orElse(OptionalInt.empty());
        OptionalInt retentionDays = deletedAfter.isPresent() ? deletedAfter : config.retentionDays();
        return new Dashboard(
                sqlEngine,
                new Options(
                        config.threshold(),
                        config.noise(),
                        !engine.isLocal(), // nobody could release a month there
                        retentionDays.isPresent() ? retentionDays.getAsInt() : null,
                        new Licence(config.licence().name(), config.licence().url()),
                        config.contact().orElse(null),
                        engine.bulkLoader().map(DashboardProducer::demo).orElse(null)));
    }

    /** Tells whether all events are invented. Only a developer's own database can have such events. */
    private static BooleanSupplier demo(BulkLoader loader) {
        return () -> {
            long invented = loader.count(Dashboard.DEMO_ID_PREFIX);
            return invented > 0 && invented == loader.count("");
        };
    }
}
