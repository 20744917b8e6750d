package io.spinnaker.stats.collect;

import io.smallrye.common.annotation.NonBlocking;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.event.InvalidEventException;
import io.spinnaker.stats.event.MalformedEventException;
import io.spinnaker.stats.warehouse.Row;
import io.spinnaker.stats.warehouse.Warehouse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/**
 * Takes one event a request and answers 204 when its row is stored. {@code /log/log} is what Spinnaker 1.17 to 1.20
 * makes of the documented URL. Reads no header but {@code Content-*}.
 */
@Path("/log{alias: (/log)?/?}")
class CollectResource {

    private final EventReader reader;
    private final Warehouse warehouse;

    CollectResource(EventReader reader, Warehouse warehouse) {
        this.reader = reader;
        this.warehouse = warehouse;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    public CompletionStage<Void> collect(
            @RestHeader(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @RestHeader(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body)
            throws IOException, MalformedEventException, InvalidEventException {
        boolean wildcard = type != null && type.contains("*"); // no type, but @Consumes lets it pass
        boolean compressed = encoding != null && !encoding.equalsIgnoreCase("identity");
        if (wildcard || compressed) {
            throw new NotSupportedException();
        }
        byte[] event = body.readNBytes(EventReader.MAX_BYTES + 1);
        if (event.length > EventReader.MAX_BYTES) {
            throw new BodyTooLargeException();
        }
        return warehouse.insert(Row.of(reader.read(event), Instant.now()));
    }

    /** Quarkus would answer 200 by itself. */
    @OPTIONS
    public void options() {
        throw new NotAllowedException(HttpMethod.POST);
    }
}
