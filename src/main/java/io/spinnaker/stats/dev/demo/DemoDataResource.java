package io.spinnaker.stats.dev.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Fills a developer's database with made-up events, at one command. Is in dev mode only. */
@IfBuildProfile("dev")
@Path("/dev/demo")
@Produces(MediaType.TEXT_PLAIN)
class DemoDataResource {

    private final DemoData data;

    DemoDataResource(DemoData data) {
        this.data = data;
    }

    @POST
    public RestResponse<String> fill() {
        try { // no mapper for it, which production would have as well
            long events = data.fill(LocalDate.now(ZoneOffset.UTC));
            return RestResponse.ok("The database holds " + events + " events now, all of them demo data.\n");
        } catch (DemoDataRefusedException e) {
            return RestResponse.status(Status.CONFLICT, e.getMessage() + "\n");
        }
    }
}
