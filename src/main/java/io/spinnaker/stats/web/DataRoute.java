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
 * Serves the public files at {@code /data/FILE}, to pages of other origins too. It is a route and not a resource, because a
 * resource does not learn when a response has been sent, and the memory that slow clients hold must be bounded.
 */
@Singleton
final class DataRoute {

    private final ChartFileSource files;
    private final LogMetrics metrics;
    private final AtomicLong outgoingBytes = new AtomicLong();

    DataRoute(ChartFileSource files, LogMetrics metrics) {
        this.files = files;
        this.metrics = metrics;
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
            // the message of an unexpected exception could quote an event
            String reason = e instanceof IOException
                    ? String.valueOf(e.getMessage())
                    : "unexpected " + e.getClass().getName();
            metrics.incrementAndLogFirst(Level.ERROR, Metric.SERVE_FAILED, reason);
            Problem.of(503, "The file is temporarily unavailable.").send(context);
            return;
        }
        if (file.isPresent()) {
            send(context, file.get());
        } else {
            Problem.of(404, "No such file, or nothing is published yet.").send(context);
        }
    }

    private void send(RoutingContext context, CachedFile file) {
        boolean gzip = acceptsGzip(context);
        Buffer body = gzip ? file.gzip() : file.plain();
        String etag = '"' + file.tag() + (gzip ? "-gzip" : "") + '"';
        String ifNoneMatch = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        boolean matches = ifNoneMatch != null && ifNoneMatch.contains(etag);
        boolean sendsBody = !matches && context.request().method().equals(HttpMethod.GET);
        if (sendsBody && !tryAcquire(body.length())) {
            metrics.increment(Metric.REJECTED, Map.of("status", "429", "reason", "downloads"));
            Problem.of(429, "Too many concurrent downloads.").send(context);
            return;
        }
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader(HttpHeaders.CACHE_CONTROL, file.cacheControl())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        if (matches) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                .putHeader("X-Content-Type-Options", "nosniff");
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        if (sendsBody) {
            response.end(body).onComplete(sent -> outgoingBytes.addAndGet(-body.length()));
        } else {
            response.end();
        }
    }

    private static boolean acceptsGzip(RoutingContext context) {
        return context.parsedHeaders().acceptEncoding().stream()
                .anyMatch(encoding -> encoding.value().equalsIgnoreCase("gzip") && encoding.weight() > 0);
    }

    /** Acquires a permit for a body; a single body always fits. */
    private boolean tryAcquire(int bytes) {
        long total = outgoingBytes.addAndGet(bytes);
        if (total > Limits.DOWNLOADS.maxOutgoingBytes() && total > bytes) {
            outgoingBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }
}
