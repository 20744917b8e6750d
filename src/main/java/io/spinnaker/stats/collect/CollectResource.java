package io.spinnaker.stats.collect;

import io.smallrye.common.annotation.NonBlocking;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import io.spinnaker.stats.deadletter.Delivery;
import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.event.InvalidEventException;
import io.spinnaker.stats.event.MalformedEventException;
import io.spinnaker.stats.warehouse.Row;
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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Takes one event a request and answers when its row is safe: 204 when it is stored, 202 when it will be. {@code
 * /log/log} is what Spinnaker 1.17 to 1.20 makes of the documented URL. Reads no header but {@code Content-*}.
 */
@Path("/log{alias: (/log)?/?}")
class CollectResource {

    /**
     * From when a request is there as a whole: that is when a client starts to wait, and the oldest ones hang up after
     * 5 s. 3 s of it are BigQuery's, the rest is the dead letter's, so that an answer is out within 4 s.
     */
    private static final Duration TIME_TO_ANSWER = Duration.ofMillis(3_900);

    private final EventReader reader;
    private final Delivery delivery;
    private final UnknownNames unknownNames;
    private final Room room;

    CollectResource(EventReader reader, Delivery delivery, UnknownNames unknownNames, Room room) {
        this.reader = reader;
        this.delivery = delivery;
        this.unknownNames = unknownNames;
        this.room = room;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    public CompletionStage<RestResponse<Void>> collect(
            @RestHeader(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @RestHeader(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            InputStream body)
            throws IOException, MalformedEventException, InvalidEventException {
        boolean wildcard = type != null && type.contains("*"); // no type, but @Consumes lets it pass
        boolean compressed = encoding != null && !encoding.equalsIgnoreCase("identity");
        if (wildcard || compressed) {
            throw new NotSupportedException();
        }
        byte[] bytes = body.readNBytes(EventReader.MAX_BYTES + 1);
        if (bytes.length > EventReader.MAX_BYTES) {
            throw new BodyTooLargeException();
        }
        Deadline deadline = Deadline.in(TIME_TO_ANSWER);
        Event event = reader.read(bytes);
        unknownNames.count(event);
        if (!room.take(bytes.length)) {
            throw new NotCommittedException(Why.NOT_NOW, "too many requests wait for their answer");
        }
        return delivery.deliver(Row.of(event, Instant.now()), deadline)
                .whenComplete((outcome, failure) -> room.giveBack(bytes.length))
                .thenApply(outcome -> switch (outcome) {
                    case STORED -> RestResponse.noContent();
                    case DEAD_LETTERED -> RestResponse.accepted();
                });
    }

    /** Quarkus would answer 200 by itself. */
    @OPTIONS
    public void options() {
        throw new NotAllowedException(HttpMethod.POST);
    }
}
