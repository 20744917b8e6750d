package io.spinnaker.stats.charts;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
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

    /**
     * Fails at startup, and not at the first request, if a setting or the header of a chart is wrong.
     *
     * @throws ConfigurationException if a setting is out of range
     */
    void check(@Observes StartupEvent event, StorageEngine engine, ChartsConfig config) {
        Options unused = options(engine, config);
        Charts.all();
    }

    /** Created when it is first used: the service that only collects never needs it. */
    @Produces
    @Singleton
    Dashboard dashboard(SqlEngine sqlEngine, StorageEngine engine, ChartsConfig config) {
        return new Dashboard(sqlEngine, options(engine, config));
    }

    private static Options options(StorageEngine engine, ChartsConfig config) {
        if (config.retentionDays().orElse(1) < 1) {
            throw new ConfigurationException("stats.charts.retention-days is out of range; expected 1 or more");
        }
        OptionalInt deletedAfter =
                engine.maintenance().map(Maintenance::retentionDays).orElse(OptionalInt.empty());
        OptionalInt retentionDays = deletedAfter.isPresent() ? deletedAfter : config.retentionDays();
        return new Options(
                config.threshold(),
                config.noise(),
                !engine.isLocal(), // nobody could release a month there
                retentionDays.isPresent() ? retentionDays.getAsInt() : null,
                new Licence(config.licence().name(), config.licence().url()),
                config.contact().orElse(null),
                engine.bulkLoader().map(DashboardProducer::demo).orElse(null));
    }

    /** Tells whether all events are invented. Only a developer's own database can have such events. */
    private static BooleanSupplier demo(BulkLoader loader) {
        return () -> {
            long invented = loader.count(Dashboard.DEMO_ID_PREFIX);
            return invented > 0 && invented == loader.count("");
        };
    }
}
