package io.spinnaker.stats.collect;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.spinnaker.stats.event.Violation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * The body of every answer that is an error (RFC 9457, type {@code about:blank}). Nothing in it comes from the request.
 *
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what to do about it
 * @param errors the fields that break a rule, each with the rule; left out when there are none
 */
@RegisterForReflection(targets = {Problem.class, Violation.class})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(String title, int status, String detail, List<Violation> errors) {

    /** Answers a request before a resource is found for it, and so before {@link Problems} could. */
    static void answer(RoutingContext context, int status, String title, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end("{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}".formatted(title, status, detail));
    }
}
