package io.spinnaker.stats.web;

import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.pacing.RequestPacer;
import io.spinnaker.stats.pacing.RequestPacer.Priority;
import io.spinnaker.stats.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger.Level;

/**
 * Sends files with their caching and security headers, at the configured rate. Bounds the memory of the responses that slow
 * clients have not read yet; beyond it, the response is 429.
 */
@Singleton
final class FileResponse {

    private final LogMetrics metrics;
    private final RequestPacer pacer;
    private final AtomicLong outgoingBytes = new AtomicLong();

    FileResponse(LogMetrics metrics, RequestPacer pacer) {
        this.metrics = metrics;
        this.pacer = pacer;
    }

    /** Sends a file with status 200, or 304 if the client has it. */
    void send(RoutingContext context, CachedFile file) {
        send(context, 200, file);
    }

    /** Sends a file with the given status. Only with 200, the response can be 304 instead. */
    void send(RoutingContext context, int status, CachedFile file) {
        boolean gzip = acceptsGzip(context);
        byte[] body = gzip ? file.gzip() : file.plain();
        String etag = '"' + file.tag() + (gzip ? "-gzip" : "") + '"';
        String ifNoneMatch = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
        HttpServerResponse response = context.response();
        if (status == 200 && ifNoneMatch != null && ifNoneMatch.contains(etag)) {
            putCachingHeaders(response, file, etag).setStatusCode(304).end();
        } else if (context.request().method().equals(HttpMethod.GET)) {
            pacer.pace(context, Priority.OTHER, RequestPacer.cost(body.length), () -> {
                if (tryAcquire(body.length)) {
                    putHeaders(response, file, etag, gzip)
                            .setStatusCode(status)
                            .end(Buffer.buffer(body))
                            .onComplete(sent -> outgoingBytes.addAndGet(-body.length));
                } else {
                    metrics.increment(Metric.REJECTED, Map.of("status", "429", "reason", "downloads"));
                    Problem.of(429, "Too many concurrent downloads.").send(context);
                }
            });
        } else {
            putHeaders(response, file, etag, gzip).setStatusCode(status).end();
        }
    }

    private static HttpServerResponse putCachingHeaders(HttpServerResponse response, CachedFile file, String etag) {
        return response.putHeader(HttpHeaders.ETAG, etag)
                .putHeader(HttpHeaders.CACHE_CONTROL, file.cacheControl())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }

    private static HttpServerResponse putHeaders(
            HttpServerResponse response, CachedFile file, String etag, boolean gzip) {
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        int length = gzip ? file.gzip().length : file.plain().length;
        return putCachingHeaders(response, file, etag)
                .putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
                .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(length))
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Content-Security-Policy", file.policy());
    }

    /** Responds that a file is unavailable for now. The message of an unexpected exception could quote an event. */
    void sendUnavailable(RoutingContext context, Exception e) {
        String reason = e instanceof IOException
                ? String.valueOf(e.getMessage())
                : "unexpected " + e.getClass().getName();
        metrics.incrementAndLogFirst(Level.ERROR, Metric.SERVE_FAILED, reason);
        Problem.of(503, "The file is temporarily unavailable.").send(context);
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
