package io.spinnaker.stats.ingest;

import io.spinnaker.stats.event.EventReader;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.pacing.RequestPacer;
import io.spinnaker.stats.pacing.RequestPacer.Priority;
import io.spinnaker.stats.problem.Problem;
import io.spinnaker.stats.time.Deadline;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of each event, and limits the time and the memory of bodies while they arrive. A body above the limit of one
 * event gets 413. A body that has grown large acquires its bytes from a budget and gets 429 if they do not fit; a declared
 * length counts from the beginning. A slow body is disconnected. If the bodies that are still arriving exceed the memory
 * limit, the largest are disconnected first, ties by age. So slow or large requests do not keep real events out, which
 * usually have 1 to 15 KB and arrive within milliseconds. Complete and rejected bodies go on at the configured rate.
 */
@Singleton
final class RequestBodyReader implements Handler<RoutingContext> {

    private static final String BODY = RequestBodyReader.class.getName();
    private static final String RESULT = BODY + ".result";
    private static final long CHECK_INTERVAL_MS = 250;

    private final Vertx vertx;
    private final LogMetrics metrics;
    private final RequestPacer pacer;
    private final ByteBudget arrivingBytes = new ByteBudget(Limits.REQUESTS.maxArrivingBytes());
    private final ByteBudget largeBodyBytes = new ByteBudget(Limits.REQUESTS.maxLargeBodyBytes());

    /** The bodies that did not arrive with the head of their request. */
    private final Set<ArrivingBody> slowBodies = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean checkScheduled = new AtomicBoolean();

    RequestBodyReader(Vertx vertx, LogMetrics metrics, RequestPacer pacer) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.pacer = pacer;
    }

    /**
     * Takes the complete body out of the context.
     *
     * @throws NotFoundException for a path that JAX-RS takes for the resource's and Vert.x does not, such as {@code /log;a=b}
     */
    static ReceivedBody takeBody(RoutingContext context) {
        ReceivedBody body = context.remove(BODY);
        if (body == null) {
            throw new NotFoundException();
        }
        return body;
    }

    /** Counts a large body until the result, even if the client disconnects before: until then, its event is in memory. */
    static void countUntil(CompletionStage<?> result, RoutingContext context) {
        context.put(RESULT, result);
    }

    @Override
    public void handle(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        new Reading(context, length == null ? 0 : Long.parseLong(length)).start();
    }

    /** The body of one request. */
    private final class Reading {

        private final RoutingContext context;
        private final HttpServerRequest request;
        private final long declaredBytes;
        private final ArrivingBody body;
        private long largeBytes;

        /** Declared bytes are 0 for a chunked body. */
        Reading(RoutingContext context, long declaredBytes) {
            this.context = context;
            this.request = context.request();
            this.declaredBytes = declaredBytes;
            this.body = new ArrivingBody(request.connection());
        }

        void start() {
            context.addEndHandler(responded -> {
                take(body);
                releaseLargeBytes(context.get(RESULT), largeBytes);
            });
            if (!isAllowed(declaredBytes)) {
                return;
            }
            request.handler(this::read);
            request.endHandler(ended -> complete());
            if (expectsContinue(request)) {
                context.response().writeContinue();
            }
            request.resume();
            // usually the body arrives with the head and has been read by then
            vertx.runOnContext(read -> {
                if (!body.isTaken()) {
                    slowBodies.add(body);
                    scheduleCheck();
                }
            });
        }

        private void read(Buffer part) {
            arrivingBytes.acquire(part.length());
            int bytes = body.append(part);
            if (bytes < 0) {
                arrivingBytes.release(part.length());
            } else if (isAllowed(bytes) && arrivingBytes.isExceeded()) {
                disconnectLargest();
            }
        }

        /** Rejects the request if a body of this size is too large, or too large now. */
        private boolean isAllowed(long bytes) {
            if (bytes > EventReader.MAX_BYTES) {
                reject(
                        Problem.of(413, "The body exceeds the limit of " + EventReader.MAX_BYTES + " bytes."),
                        Map.of("status", "413"));
                return false;
            }
            long further = Math.max(bytes, declaredBytes) - largeBytes;
            if (bytes >= Limits.REQUESTS.largeBodyBytes() && further > 0) {
                if (!largeBodyBytes.tryAcquire(further)) {
                    reject(
                            Problem.of(429, "Too many large bodies at a time."),
                            Map.of("status", "429", "reason", "large"));
                    return false;
                }
                largeBytes += further;
            }
            return true;
        }

        private void releaseLargeBytes(@Nullable CompletionStage<?> result, long bytes) {
            if (result == null) { // rejected, or disconnected before the end of the body
                largeBodyBytes.release(bytes);
            } else {
                result.whenComplete((nothing, failure) -> largeBodyBytes.release(bytes));
            }
        }

        private void reject(Problem problem, Map<String, String> labels) {
            take(body);
            if (expectsContinue(request)) {
                // the client may send the body or not, so the start of its next request would be unknown
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                context.addEndHandler(responded -> request.connection().close());
            }
            pacer.pace(context, Priority.EVENT, RequestPacer.REQUEST, () -> {
                metrics.increment(Metric.REJECTED, labels);
                problem.send(context);
            });
        }

        private void complete() {
            Buffer content = take(body);
            if (content != null) {
                ReceivedBody received = new ReceivedBody(content, Deadline.after(Limits.REQUEST_TIME.response()));
                pacer.pace(context, Priority.EVENT, RequestPacer.REQUEST + RequestPacer.cost(content.length()), () -> {
                    context.put(BODY, received);
                    context.next();
                });
            }
        }
    }

    /** HTTP/1.0 does not have it, and a server ignores it there. */
    private static boolean expectsContinue(HttpServerRequest request) {
        String expect = request.getHeader(HttpHeaders.EXPECT);
        return expect != null && expect.equalsIgnoreCase("100-continue") && request.version() == HttpVersion.HTTP_1_1;
    }

    private @Nullable Buffer take(ArrivingBody body) {
        slowBodies.remove(body);
        Buffer content = body.take();
        if (content != null) {
            arrivingBytes.release(content.length());
        }
        return content;
    }

    private void scheduleCheck() {
        if (checkScheduled.compareAndSet(false, true)) {
            vertx.setTimer(CHECK_INTERVAL_MS, timer -> disconnectTimedOut());
        }
    }

    private void disconnectTimedOut() {
        checkScheduled.set(false);
        long now = System.nanoTime();
        for (ArrivingBody body : slowBodies) {
            if (now - body.startedAt() > Limits.REQUESTS.bodyTimeout().toNanos()) {
                disconnect(body, "timeout");
            }
        }
        if (!slowBodies.isEmpty()) {
            scheduleCheck();
        }
    }

    private void disconnectLargest() {
        while (arrivingBytes.isExceeded()) {
            Optional<ArrivingBody> largest = slowBodies.stream()
                    .max(Comparator.comparingInt(ArrivingBody::heldBytes)
                            .thenComparing(Comparator.comparingLong(ArrivingBody::startedAt)
                                    .reversed()));
            if (largest.isEmpty()) {
                return; // the rest arrives within the same turn of the event loops
            }
            disconnect(largest.get(), "memory");
        }
    }

    private void disconnect(ArrivingBody body, String reason) {
        if (take(body) != null) {
            metrics.increment(Metric.CONNECTION_CLOSED, Map.of("reason", reason));
            body.connection().close();
        }
    }
}
