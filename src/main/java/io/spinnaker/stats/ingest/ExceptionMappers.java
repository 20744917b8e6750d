package io.spinnaker.stats.ingest;

import io.spinnaker.stats.delivery.DeliveryFailedException;
import io.spinnaker.stats.event.InvalidEventException;
import io.spinnaker.stats.event.MalformedEventException;
import io.spinnaker.stats.event.Violation;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.problem.Problem;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logging.Logger.Level;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Maps each exception of a request to its response. Spinnaker reads no response body, but counts every status other than
 * 2xx against its circuit breaker. No response has a {@code Retry-After}, because OkHttp would repeat the request at once.
 * {@link InvalidHttpHandler} responds to requests that never reach a resource.
 */
class ExceptionMappers {

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");

    private final LogMetrics metrics;

    ExceptionMappers(LogMetrics metrics) {
        this.metrics = metrics;
    }

    @ServerExceptionMapper
    Response malformed(MalformedEventException e) {
        return rejected(400, "The body is " + e.getMessage() + ".");
    }

    @ServerExceptionMapper
    Response invalid(InvalidEventException e) {
        for (Violation error : e.violations()) {
            metrics.increment(
                    Metric.REJECTED,
                    Map.of(
                            "status", "422",
                            "field", INDEX.matcher(error.field()).replaceAll(""),
                            "rule", error.rule()));
        }
        return Problem.of(422, "The event is invalid; see \"errors\".", e.violations())
                .toResponse()
                .build();
    }

    @ServerExceptionMapper
    Response notJson(NotSupportedException e) {
        return rejected(415, "Send application/json, not compressed.");
    }

    /** Not counted: any path scanner on the internet causes it, as well as {@link #notFound}. */
    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e) {
        return Problem.of(405, "Only POST is supported.")
                .toResponse()
                .header(HttpHeaders.ALLOW, "POST")
                .build();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e) {
        return Problem.of(404, "No such path; POST events to /log.")
                .toResponse()
                .build();
    }

    @ServerExceptionMapper
    Response notStored(DeliveryFailedException e) {
        return notStored(503, e.reason());
    }

    @ServerExceptionMapper
    Response overloaded(OverloadedException e) {
        return notStored(503, String.valueOf(e.getMessage()));
    }

    /** Quarkus itself rejects the request, for example because of an invalid header. */
    @ServerExceptionMapper
    Response other(WebApplicationException e) {
        return rejected(e.getResponse().getStatus(), "The request was rejected.");
    }

    /** A defect of this service. The exception's message and stack trace could quote the event. */
    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        return notStored(500, "unexpected " + e.getClass().getName());
    }

    private Response rejected(int status, String detail) {
        metrics.increment(Metric.REJECTED, Map.of("status", String.valueOf(status)));
        return Problem.of(status, detail).toResponse().build();
    }

    private Response notStored(int status, String reason) {
        metrics.incrementAndLogFirst(Level.ERROR, Metric.NOT_STORED, reason);
        return Problem.of(status, "The event was not stored.").toResponse().build();
    }
}
