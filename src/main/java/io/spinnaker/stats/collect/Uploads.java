package io.spinnaker.stats.collect;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.spinnaker.stats.watch.Counts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the time and the memory that bodies take. A real event has at most some 15 KB and is there within milliseconds. Of
 * larger ones, only so many are taken at a time; who takes much longer is cut off, and when all together hold too much,
 * those who hold most go first, and of those the oldest. So to stall, or to send much, does not keep real events out.
 */
@Singleton
final class Uploads {

    /** Of one body. */
    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    /** Of all bodies; one has 1 MiB at most. */
    private static final long MAX_BYTES = 16 << 20;

    /** A body whose length has more digits is large, and so is one whose length nobody says. */
    private static final int SMALL_DIGITS = 5;

    /** Large ones at a time, each from its head to its answer. */
    private static final int MAX_LARGE = 16;

    private static final long CHECK_EVERY_MS = 250;
    private static final int FIRST = 1_000;

    private final Vertx vertx;
    private final Counts counts;
    private final Semaphore large = new Semaphore(MAX_LARGE);
    private final Set<Upload> uploads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean checks = new AtomicBoolean();

    private record Upload(HttpServerRequest request, long since) {

        boolean isOver() {
            return request.response().closed() || (request.response().ended() && request.isEnded());
        }

        boolean isOld() {
            return System.nanoTime() - since > MAX_TIME.toNanos();
        }
    }

    /** What an upload held when it was looked at. */
    private record Held(Upload upload, long bytes) {}

    Uploads(Vertx vertx, Counts counts) {
        this.vertx = vertx;
        this.counts = counts;
    }

    void register(@Observes Filters filters) {
        filters.register(this::begin, FIRST);
    }

    private void begin(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (chunked || (length != null && length.length() > SMALL_DIGITS)) {
            if (!large.tryAcquire()) {
                counts.add("refused", "status=503 why=large");
                Problem.answer(context, 503, "Service Unavailable", "Too many large bodies at a time.");
                return;
            }
            context.addEndHandler(answered -> large.release());
        }
        // one without a body does not end, either, before somebody asks for it
        boolean hasBody = chunked || (length != null && !length.equals("0"));
        if (hasBody && !request.isEnded()) {
            long since = System.nanoTime();
            // mostly the body comes with the head, and has been read by then
            vertx.runOnContext(read -> watch(context, since));
        }
        context.next();
    }

    private void watch(RoutingContext context, long since) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        Upload upload = new Upload(request, since);
        uploads.add(upload);
        context.addEndHandler(answered -> {
            if (request.isEnded() || answered.failed()) {
                uploads.remove(upload);
            } // else it was answered early, and still sends
        });
        checkSoon();
    }

    private void checkSoon() {
        if (checks.compareAndSet(false, true)) {
            vertx.setTimer(CHECK_EVERY_MS, timer -> check());
        }
    }

    private void check() {
        checks.set(false);
        uploads.removeIf(Upload::isOver);
        List<Held> mostFirst = uploads.stream()
                .filter(upload -> !upload.request().isEnded())
                .map(upload -> new Held(upload, upload.request().bytesRead()))
                .sorted(Comparator.comparingLong(Held::bytes)
                        .reversed()
                        .thenComparingLong(held -> held.upload().since()))
                .toList();
        long bytes = mostFirst.stream().mapToLong(Held::bytes).sum();
        for (Held held : mostFirst) {
            if (bytes > MAX_BYTES) {
                bytes -= held.bytes();
                cutOff(held.upload(), "why=memory");
            } else if (held.upload().isOld()) {
                cutOff(held.upload(), "why=time");
            }
        }
        if (!uploads.isEmpty()) {
            checkSoon();
        }
    }

    private void cutOff(Upload upload, String why) {
        uploads.remove(upload);
        counts.add("cut-off", why);
        upload.request().connection().close();
    }
}
