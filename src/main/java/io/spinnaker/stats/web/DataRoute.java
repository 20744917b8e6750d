package io.spinnaker.stats.web;

import io.spinnaker.stats.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/**
 * Serves the public files at {@code /data/FILE}, to pages of other origins too. It is a route and not a resource, because a
 * resource does not learn when a response has been sent, and the memory that slow clients hold must be bounded.
 */
@Singleton
final class DataRoute {

    private final ChartFileSource files;
    private final FileResponse response;

    DataRoute(ChartFileSource files, FileResponse response) {
        this.files = files;
        this.response = response;
    }

    void register(@Observes Router router) {
        router.route("/data/:file").handler(this::checkMethod).blockingHandler(this::serve, false);
    }

    private void checkMethod(RoutingContext context) {
        context.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            context.next();
            return;
        }
        context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
        Problem.of(405, "Only GET and HEAD are supported.").send(context);
    }

    private void serve(RoutingContext context) {
        Optional<CachedFile> file;
        try {
            file = files.find(context.pathParam("file"));
        } catch (IOException | RuntimeException e) {
            response.sendUnavailable(context, e);
            return;
        }
        if (file.isPresent()) {
            response.send(context, file.get());
        } else {
            Problem.of(404, "No such file, or nothing is published yet.").send(context);
        }
    }
}
