package io.spinnaker.stats.dev.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.storage.BulkLoader;
import io.spinnaker.stats.storage.StorageEngine;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.LocalDate;
import org.jboss.resteasy.reactive.RestResponse;

/** Fills a developer's own database with a year of invented events, never beside real ones. */
@IfBuildProfile("dev")
@Singleton
@Path("/dev/demo")
@Produces(MediaType.TEXT_PLAIN)
public class DemoDataResource {

    private final StorageEngine engine;
    private final Provider<Dashboard> dashboard;
    private final Clock clock;

    DemoDataResource(StorageEngine engine, Provider<Dashboard> dashboard, Clock clock) {
        this.engine = engine;
        this.dashboard = dashboard;
        this.clock = clock;
    }

    /** Replaces earlier demo data. Takes seconds, during which nothing else is written. */
    @POST
    public RestResponse<String> fill() {
        if (engine.bulkLoader().isEmpty()) {
            return refused("Demo data needs DuckDB, but stats.storage.kind is another engine.");
        }
        BulkLoader loader = engine.bulkLoader().get();
        long real = loader.count("") - loader.count(Dashboard.DEMO_ID_PREFIX);
        if (real > 0) {
            return refused("The database holds real events (" + real + "); demo data is not mixed with them."
                    + " Move stats.duckdb away, or start with STATS_STORAGE_DUCKDB_PATH=demo.duckdb.");
        }
        DemoYear year = DemoYear.before(LocalDate.now(clock));
        long events = loader.replace(Dashboard.DEMO_ID_PREFIX, year.rows());
        dashboard.get().clear();
        return RestResponse.ok("The database holds " + events + " events, all of them demo data.\n");
    }

    private static RestResponse<String> refused(String reason) {
        return RestResponse.status(Status.CONFLICT, reason + "\n");
    }
}
