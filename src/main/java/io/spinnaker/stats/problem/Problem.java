package io.spinnaker.stats.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.spinnaker.stats.event.Violation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * The body of an error response (RFC 9457, type {@code about:blank}). Nothing in it comes from the request.
 *
 * @param title the name of the status
 * @param status the HTTP status
 * @param detail what is wrong
 * @param errors the fields that break a rule, each with the rule; left out if there are none
 */
@RegisterForReflection(targets = {Problem.class, Violation.class})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String title, int status, String detail, List<Violation> errors) {

    private static final String MEDIA_TYPE = "application/problem+json";
    private static final JsonMapper JSON = new JsonMapper();

    /** A problem without a list of fields. */
    public static Problem of(int status, String detail) {
        return of(status, detail, List.of());
    }

    /** A problem with the fields that break a rule. */
    public static Problem of(int status, String detail, List<Violation> errors) {
        return new Problem(title(status), status, detail, errors);
    }

    /** The names of RFC 9110; Netty has older ones for two statuses. */
    private static String title(int status) {
        return switch (status) {
            case 413 -> "Content Too Large";
            case 422 -> "Unprocessable Content";
            default -> HttpResponseStatus.valueOf(status).reasonPhrase();
        };
    }

    /** The response of a resource. */
    public Response.ResponseBuilder toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(json());
    }

    /** Sends the response of a request that reaches no resource. */
    public void send(RoutingContext context) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(Buffer.buffer(json()));
    }

    private byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is always valid JSON", e);
        }
    }
}
