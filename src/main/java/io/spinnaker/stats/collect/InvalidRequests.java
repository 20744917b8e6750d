package io.spinnaker.stats.collect;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Answers requests that are refused before {@link CollectResource} is found, such as one without a {@code Host}. Hangs
 * up on what names another protocol than HTTP/1.0 or 1.1: every answer would start with that name, whatever it is.
 */
final class InvalidRequests {

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
                        Problem.answer(context, 400, "Bad Request", "The request is no valid HTTP.");
                    } else {
                        context.next();
                    }
                });
    }

    /** Whether Vert.x knows the version that the request names. */
    private static boolean isHttp(RoutingContext context) {
        return context.request().version() != null;
    }
}
