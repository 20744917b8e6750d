package io.spinnaker.stats.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/** Redirects from a page's address without its final slash. Quarkus does that in dev mode only. */
final class PageRoute {

    private static final String PAGE = "/what-we-collect";

    void register(@Observes Router router) {
        router.get(PAGE).handler(PageRoute::addSlash);
    }

    private static void addSlash(RoutingContext context) {
        if (context.request().path().equals(PAGE)) {
            context.response()
                    .setStatusCode(301)
                    .putHeader(HttpHeaders.LOCATION, PAGE + "/")
                    .end();
        } else {
            context.next(); // the route also matches the path with the slash
        }
    }
}
