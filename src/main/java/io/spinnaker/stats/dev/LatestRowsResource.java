package io.spinnaker.stats.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.spinnaker.stats.storage.SqlEngine;
import io.spinnaker.stats.storage.StorageEngine;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;

/** Shows stored rows, newest first, one JSON object per line. The service in production cannot read rows. */
@IfBuildProfile("dev")
@Path("/dev/rows")
class LatestRowsResource {

    private final StorageEngine engine;
    private final SqlEngine sqlEngine;

    LatestRowsResource(StorageEngine engine, SqlEngine sqlEngine) {
        this.engine = engine;
        this.sqlEngine = sqlEngine;
    }

    @GET
    @Produces("application/x-ndjson")
    public String latest(@RestQuery @DefaultValue("1") int limit) {
        if (!engine.isLocal()) {
            throw new NotFoundException();
        }
        return sqlEngine
                .query("SELECT to_json(events) AS json FROM events ORDER BY received_at DESC LIMIT "
                        + Math.max(0, limit))
                .stream()
                .map(row -> row.get("json") + "\n")
                .collect(Collectors.joining());
    }
}
