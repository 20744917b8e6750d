package io.spinnaker.stats.ingest;

import io.smallrye.common.annotation.NonBlocking;
import io.spinnaker.stats.delivery.EventDelivery;
import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.event.InvalidEventException;
import io.spinnaker.stats.event.MalformedEventException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.time.Deadline;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Receives one event per request and responds when its row is safe: 204 when it is stored, 202 when the dead-letter queue
 * keeps it. Spinnaker 1.17 to 1.20 turn the documented URL into {@code /log/log}. No header but {@code Content-*} is read.
 */
@Path(LogResource.PATH + "{alias: " + LogResource.ALIAS + "}")
class LogResource {

    static final String PATH = "/log";

    /** Regular expression of the rest of the path. */
    static final String ALIAS = "(/log)?/?";

    private final EventReader reader;
    private final EventDelivery delivery;
    private final EventCounter counter;

    /** Limits the memory of events in flight. */
    private final ByteBudget inFlightBytes = new ByteBudget(Limits.REQUESTS.maxInFlightBytes());

    LogResource(EventReader reader, EventDelivery delivery, EventCounter counter) {
        this.reader = reader;
        this.delivery = delivery;
        this.counter = counter;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    public CompletionStage<RestResponse<Void>> log(
            @RestHeader(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @RestHeader(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            @Context RoutingContext context)
            throws MalformedEventException, InvalidEventException {
        requireUncompressedJson(type, encoding);
        ReceivedBody received = RequestBodyReader.takeBody(context);
        byte[] body = received.content().getBytes();
        Event event = reader.read(body);
        counter.count(event);
        CompletionStage<EventDelivery.Result> delivered = deliver(event, body.length, received.deadline());
        RequestBodyReader.countUntil(delivered, context);
        return delivered.thenApply(result -> switch (result) {
            case STORED -> RestResponse.noContent();
            case DEAD_LETTERED -> RestResponse.accepted();
        });
    }

    /** The size stands for the memory of the event and its row, which are held until the result. */
    private CompletionStage<EventDelivery.Result> deliver(Event event, int bytes, Deadline deadline) {
        if (!inFlightBytes.tryAcquire(bytes)) {
            throw new OverloadedException("too many requests in flight");
        }
        try {
            return delivery.deliver(event, deadline).whenComplete((result, failure) -> inFlightBytes.release(bytes));
        } catch (RuntimeException e) { // a defect: no result will come
            inFlightBytes.release(bytes);
            throw e;
        }
    }

    /** Rejects what {@code @Consumes} does not: a wildcard instead of a media type, and compressed bodies. */
    private static void requireUncompressedJson(@Nullable String type, @Nullable String encoding) {
        boolean wildcard = type != null && type.contains("*");
        boolean compressed = encoding != null && !encoding.equalsIgnoreCase("identity");
        if (wildcard || compressed) {
            throw new NotSupportedException();
        }
    }

    /** Quarkus itself would respond with 200. */
    @OPTIONS
    public void options() {
        throw new NotAllowedException(HttpMethod.POST);
    }
}
