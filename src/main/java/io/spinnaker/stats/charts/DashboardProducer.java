package io.spinnaker.stats.charts;

import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.StorageEngine;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the dashboard from the settings. */
final class DashboardProducer {

    /** Created when it is first used: the service that only collects never needs it. */
    @Produces
    @Singleton
    Dashboard dashboard(
            SqlEngine sqlEngine, StorageEngine engine, ChartsConfig config, Instance<DemoDataDetector> demoData) {
        Integer retentionDays =
                config.retentionDays().isPresent() ? config.retentionDays().getAsInt() : null;
        return new Dashboard(
                sqlEngine,
                new Options(
                        config.threshold(),
                        engine.isLocal() ? Options.UNLIMITED_LOOKBACK_DAYS : Options.DEFAULT_LOOKBACK_DAYS,
                        retentionDays,
                        demoData.isResolvable() ? demoData.get()::exists : null));
    }
}
