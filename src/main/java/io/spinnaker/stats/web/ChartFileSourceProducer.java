package io.spinnaker.stats.web;

import com.google.auth.oauth2.GoogleCredentials;
import io.quarkus.runtime.Startup;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.site.PublicFiles;
import io.spinnaker.stats.storage.StorageEngine;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Chooses where the public files come from. */
final class ChartFileSourceProducer {

    /** Created at startup, so that an invalid setting fails there; reads nothing yet. */
    @Produces
    @Singleton
    @Startup
    ChartFileSource source(
            WebConfig config,
            StorageEngine engine,
            Provider<Dashboard> dashboard,
            Provider<PublicFiles> files,
            Provider<GoogleCredentials> credentials,
            LogMetrics metrics,
            Clock clock) {
        if (config.dataUrl().isPresent()) {
            return new BucketFileCache(config.dataUrl().get(), new BucketAuthorization(credentials), metrics);
        }
        return engine.isLocal() ? new OnDemandFiles(dashboard, files, clock) : name -> Optional.empty();
    }
}
