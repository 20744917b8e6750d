package io.spinnaker.stats.ingest;

import io.spinnaker.stats.problem.Problem;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Responds to requests that Vert.x rejects before a route, such as one without a {@code Host}. Closes the connection of a
 * request that names another protocol than HTTP/1.0 or 1.1, because a response would begin with that name, whatever it is.
 */
final class InvalidHttpHandler {

    void register(@Observes Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(context -> {
                    if (isHttp(context)) {
                        context.next();
                    } else {
                        context.request().connection().close();
                    }
                })
                .failureHandler(context -> {
                    if (!isHttp(context)) {
                        context.request().connection().close();
                    } else if (context.statusCode() == 400) {
                        Problem.of(400, "Malformed HTTP request.").send(context);
                    } else {
                        context.next();
                    }
                });
    }

    /** Vert.x leaves the version null if it does not know the protocol. */
    private static boolean isHttp(RoutingContext context) {
        return context.request().version() != null;
    }
}
