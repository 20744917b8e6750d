package io.spinnaker.stats.collect;

import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.event.InvalidEventException;
import io.spinnaker.stats.event.MalformedEventException;
import io.spinnaker.stats.event.Violation;
import io.spinnaker.stats.watch.Counts;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.logging.Logger.Level;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns every exception of a request into its answer; what never becomes a request of ours, {@link InvalidRequests}
 * has. A Spinnaker reads no answer, but counts each of these against its circuit breaker. None has a {@code
 * Retry-After}: OkHttp would send again at once.
 */
class Problems {

    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");
    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");

    private final Counts counts;

    Problems(Counts counts) {
        this.counts = counts;
    }

    @ServerExceptionMapper
    Response malformed(MalformedEventException e) {
        return refused(400, "Bad Request", "The body is " + e.getMessage() + ".", List.of())
                .build();
    }

    @ServerExceptionMapper
    Response invalid(InvalidEventException e) {
        return refused(422, "Unprocessable Content", "The event breaks the rules in errors.", e.violations())
                .build();
    }

    @ServerExceptionMapper
    Response tooLarge(BodyTooLargeException e) {
        return refused(413, "Content Too Large", "An event has at most " + EventReader.MAX_BYTES + " bytes.", List.of())
                .build();
    }

    @ServerExceptionMapper
    Response notJson(NotSupportedException e) {
        return refused(415, "Unsupported Media Type", "Send application/json, not compressed.", List.of())
                .build();
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e) {
        return problem(405, "Method Not Allowed", "Events are posted.", List.of())
                .header(HttpHeaders.ALLOW, "POST")
                .build();
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e) {
        return problem(404, "Not Found", "Events are posted to /log.", List.of())
                .build();
    }

    @ServerExceptionMapper
    Response notStored(NotCommittedException e) {
        counts.addAndLog(Level.ERROR, "not-stored", e.reason());
        return problem(503, "Service Unavailable", "The event was not stored.", List.of())
                .build();
    }

    /** What the server itself refuses, say a header that is none. */
    @ServerExceptionMapper
    Response other(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        return refused(status.getStatusCode(), status.getReasonPhrase(), "The request was refused.", List.of())
                .build();
    }

    /** A fault of ours. Its message and trace could quote the event. */
    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        counts.addAndLog(Level.ERROR, "not-stored", "unexpected " + e.getClass().getName());
        return problem(500, "Internal Server Error", "The event was not stored.", List.of())
                .build();
    }

    private Response.ResponseBuilder refused(int status, String title, String detail, List<Violation> errors) {
        if (errors.isEmpty()) {
            counts.add("refused", "status=" + status);
        }
        for (Violation error : errors) {
            String field = INDEX.matcher(error.field()).replaceAll("");
            counts.add("refused", "status=" + status + " field=" + field + " rule=\"" + error.rule() + '"');
        }
        return problem(status, title, detail, errors);
    }

    private static Response.ResponseBuilder problem(int status, String title, String detail, List<Violation> errors) {
        return Response.status(status).type(PROBLEM_JSON).entity(new Problem(title, status, detail, errors));
    }
}
