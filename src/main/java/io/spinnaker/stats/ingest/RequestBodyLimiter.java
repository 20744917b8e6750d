package io.spinnaker.stats.ingest;

import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.problem.Problem;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time and the memory of request bodies while they arrive. Only a few large bodies are accepted at a time; slow
 * bodies are disconnected; above the memory limit the largest are disconnected first, ties by age. So slow or large
 * requests do not keep real events out, which have at most some 15 KB and arrive within milliseconds.
 */
@Singleton
final class RequestBodyLimiter implements Handler<RoutingContext> {

    private static final long CHECK_INTERVAL_MS = 250;

    private final Vertx vertx;
    private final LogMetrics metrics;
    private final Semaphore largeBodies = new Semaphore(Limits.REQUESTS.maxLargeBodies());
    private final Set<ArrivingBody> arriving = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean checkScheduled = new AtomicBoolean();

    private record ArrivingBody(HttpServerRequest request, long startedAt) {

        boolean isComplete() {
            return request.response().closed() || (request.response().ended() && request.isEnded());
        }

        boolean isTimedOut() {
            return System.nanoTime() - startedAt > Limits.REQUESTS.bodyTimeout().toNanos();
        }
    }

    /** The size of a body at the time of a check. */
    private record BufferedBytes(ArrivingBody body, long bytes) {}

    RequestBodyLimiter(Vertx vertx, LogMetrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (chunked || isLarge(length)) {
            if (!largeBodies.tryAcquire()) {
                metrics.increment(Metric.REJECTED, Map.of("status", "503", "reason", "large"));
                Problem.of(503, "Too many large bodies in flight.").send(context);
                return;
            }
            context.addEndHandler(responded -> largeBodies.release());
        }
        // a request without a body does not end either until its body is read
        boolean hasBody = chunked || (length != null && !length.equals("0"));
        if (hasBody && !request.isEnded()) {
            long startedAt = System.nanoTime();
            // usually the body arrives with the head and has been read by then
            vertx.runOnContext(read -> watch(context, startedAt));
        }
        context.next();
    }

    /** Compares the number of digits: the header can be any text, and this needs no parsing. */
    private static boolean isLarge(@Nullable String contentLength) {
        return contentLength != null
                && contentLength.length()
                        >= String.valueOf(Limits.REQUESTS.largeBodyBytes()).length();
    }

    private void watch(RoutingContext context, long startedAt) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        ArrivingBody body = new ArrivingBody(request, startedAt);
        arriving.add(body);
        context.addEndHandler(responded -> {
            if (request.isEnded() || responded.failed()) {
                arriving.remove(body);
            } // otherwise the response was early and the body is still arriving
        });
        scheduleCheck();
    }

    private void scheduleCheck() {
        if (checkScheduled.compareAndSet(false, true)) {
            vertx.setTimer(CHECK_INTERVAL_MS, timer -> check());
        }
    }

    private void check() {
        checkScheduled.set(false);
        arriving.removeIf(ArrivingBody::isComplete);
        List<BufferedBytes> largestFirst = arriving.stream()
                .filter(body -> !body.request().isEnded())
                .map(body -> new BufferedBytes(body, body.request().bytesRead()))
                .sorted(Comparator.comparingLong(BufferedBytes::bytes)
                        .reversed()
                        .thenComparingLong(buffered -> buffered.body().startedAt()))
                .toList();
        long bytes = largestFirst.stream().mapToLong(BufferedBytes::bytes).sum();
        for (BufferedBytes buffered : largestFirst) {
            if (bytes > Limits.REQUESTS.maxArrivingBytes()) {
                bytes -= buffered.bytes();
                closeConnection(buffered.body(), "memory");
            } else if (buffered.body().isTimedOut()) {
                closeConnection(buffered.body(), "timeout");
            }
        }
        if (!arriving.isEmpty()) {
            scheduleCheck();
        }
    }

    private void closeConnection(ArrivingBody body, String reason) {
        arriving.remove(body);
        metrics.increment(Metric.CONNECTION_CLOSED, Map.of("reason", reason));
        body.request().connection().close();
    }
}
