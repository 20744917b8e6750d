package io.spinnaker.stats.web;

import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger.Level;

/**
 * Serves the public files at {@code /data/FILE}, to the pages of others, too. A route and no resource, which would not
 * be told when an answer has left: what slow readers hold of the memory is bounded.
 */
@Singleton
final class DataRoute {

    private final ChartFileSource files;
    private final LogMetrics metrics;
    private final AtomicLong leaving = new AtomicLong();

    DataRoute(ChartFileSource files, LogMetrics metrics) {
        this.files = files;
        this.metrics = metrics;
    }

    void register(@Observes Router router) {
        router.route("/data/:file").handler(this::begin).blockingHandler(this::answer, false);
    }

    private void begin(RoutingContext context) {
        context.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            context.next();
            return;
        }
        context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
        Problem.of(405, "These files can only be read.").send(context);
    }

    private void answer(RoutingContext context) {
        Optional<CachedFile> file;
        try {
            file = files.find(context.pathParam("file"));
        } catch (IOException | RuntimeException e) {
            // what something unexpected says could quote an event
            String why = e instanceof IOException
                    ? String.valueOf(e.getMessage())
                    : "unexpected " + e.getClass().getName();
            metrics.incrementAndLogFirst(Level.ERROR, Metric.SERVE_FAILED, why);
            Problem.of(503, "The file is temporarily unavailable.").send(context);
            return;
        }
        if (file.isPresent()) {
            send(context, file.get());
        } else {
            Problem.of(404, "There is no such file, or nothing was published yet.")
                    .send(context);
        }
    }

    private void send(RoutingContext context, CachedFile file) {
        boolean gzip = takesGzip(context);
        Buffer body = gzip ? file.gzip() : file.plain();
        String tag = '"' + file.tag() + (gzip ? "-gzip" : "") + '"';
        String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean isKnown = known != null && known.contains(tag);
        boolean isWanted = !isKnown && context.request().method().equals(HttpMethod.GET);
        if (isWanted && !takeRoom(body.length())) {
            metrics.increment(Metric.REJECTED, Map.of("status", "503", "reason", "downloads"));
            Problem.of(503, "Too many concurrent downloads.").send(context);
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.CACHE_CONTROL, file.cacheControl())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (isKnown) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                .putHeader("X-Content-Type-Options", "nosniff");
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (isWanted) {
            response.end(body).onComplete(left -> leaving.addAndGet(-body.length()));
        } else {
            response.end();
        }
    }

    private static boolean takesGzip(RoutingContext context) {
        return context.parsedHeaders().acceptEncoding().stream()
                .anyMatch(encoding -> encoding.value().equalsIgnoreCase("gzip") && encoding.weight() > 0);
    }

    private boolean takeRoom(int bytes) {
        long all = leaving.addAndGet(bytes);
        if (all > Limits.DOWNLOADS.maxOutgoingBytes() && all > bytes) {
            leaving.addAndGet(-bytes);
            return false;
        }
        return true;
    }
}
