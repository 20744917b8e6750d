package io.spinnaker.stats.collect;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;

/** Answers requests that are refused before {@link CollectResource} is found, such as one without a {@code Host}. */
final class InvalidRequests {

    private static final String PROBLEM =
            "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"The request is no valid HTTP.\"}";

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(context -> {
            if (context.statusCode() == 400) {
                context.response()
                        .setStatusCode(400)
                        .putHeader("Content-Type", "application/problem+json")
                        .end(PROBLEM);
            } else {
                context.next();
            }
        });
    }
}
