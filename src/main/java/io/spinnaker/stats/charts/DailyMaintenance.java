package io.spinnaker.stats.charts;

import io.quarkus.runtime.StartupEvent;
import io.spinnaker.stats.storage.Maintenance;
import io.spinnaker.stats.storage.QueryFailedException;
import io.spinnaker.stats.storage.StorageEngine;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Maintains a local database at startup and once a day, as far as it is configured: deletes the events that have expired, after
 * they have been rolled up for the charts, and writes the backup. A failed run is repeated after an hour.
 */
@Singleton
final class DailyMaintenance {

    private static final Logger LOG = Logger.getLogger(DailyMaintenance.class);
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final Provider<Dashboard> dashboard;
    private final Clock clock;
    private @Nullable LocalDate lastRun;

    @Inject
    DailyMaintenance(Provider<Dashboard> dashboard, Clock clock) {
        this.dashboard = dashboard;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event, StorageEngine engine, Vertx vertx) {
        engine.maintenance().ifPresent(maintenance -> {
            startRun(maintenance, vertx);
            vertx.setPeriodic(INTERVAL.toMillis(), timer -> startRun(maintenance, vertx));
        });
    }

    private void startRun(Maintenance maintenance, Vertx vertx) {
        vertx.executeBlocking(() -> {
            runIfDue(maintenance);
            return null;
        });
    }

    /** Runs the maintenance unless it has already succeeded on this day. */
    synchronized void runIfDue(Maintenance maintenance) {
        LocalDate today = LocalDate.now(clock);
        if (today.equals(lastRun)) {
            return;
        }
        try {
            maintenance.retentionDays().ifPresent(days -> {
                List<DrawFailure> failures = dashboard.get().update(today.minusDays(1), Set.of());
                if (!failures.isEmpty()) { // that part still needs the events
                    throw failures.getFirst().cause();
                }
                maintenance.deleteBefore(today.minusDays(days));
            });
            maintenance.backUp();
            lastRun = today;
        } catch (QueryFailedException e) {
            LOG.warnf("daily maintenance failed: %s", e.getMessage());
        } catch (RuntimeException e) { // a defect, whose message may quote values
            LOG.warnf("daily maintenance failed: unexpected %s", e.getClass().getName());
        }
    }
}
