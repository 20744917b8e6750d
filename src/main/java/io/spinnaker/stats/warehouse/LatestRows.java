package io.spinnaker.stats.warehouse;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Shows a developer what was stored, a JSON object a line. Is in dev mode only: the service itself can read nothing.
 */
@IfBuildProfile("dev")
@Path("/dev/rows")
class LatestRows {

    private final Warehouse warehouse;

    LatestRows(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    @GET
    @Produces("application/x-ndjson")
    public String latest(@RestQuery @DefaultValue("1") int limit) {
        if (warehouse instanceof DuckDbWarehouse duckDb) {
            return String.join("\n", duckDb.latest(limit)) + "\n";
        }
        throw new NotFoundException();
    }
}
