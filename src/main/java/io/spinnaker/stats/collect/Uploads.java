package io.spinnaker.stats.collect;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.spinnaker.stats.watch.Counts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the time and the memory that bodies take which are still on their way. A real event is there within milliseconds; who
 * takes much longer is cut off, and when all together hold too much, those who have been at it longest go first: to
 * stall does not keep others out.
 */
final class Uploads {

    /** Of one body. */
    private static final Duration MAX_TIME = Duration.ofSeconds(10);

    /** Of all bodies; one has 1 MiB at most. */
    private static final long MAX_BYTES = 16 << 20;

    private static final long CHECK_EVERY_MS = 250;
    private static final int FIRST = 1_000;

    private final Vertx vertx;
    private final Counts counts;
    private final Set<Upload> uploads = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean checks = new AtomicBoolean();

    /** An upload is itself, whatever it holds. */
    private static final class Upload {

        final HttpServerRequest request;
        final long since = System.nanoTime();

        Upload(HttpServerRequest request) {
            this.request = request;
        }

        boolean isOld() {
            return System.nanoTime() - since > MAX_TIME.toNanos();
        }
    }

    Uploads(Vertx vertx, Counts counts) {
        this.vertx = vertx;
        this.counts = counts;
    }

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    if (!context.request().isEnded()) {
                        Upload upload = new Upload(context.request());
                        uploads.add(upload);
                        context.addEndHandler(answered -> uploads.remove(upload));
                        checkSoon();
                    }
                    context.next();
                },
                FIRST);
    }

    private void checkSoon() {
        if (checks.compareAndSet(false, true)) {
            vertx.setTimer(CHECK_EVERY_MS, timer -> check());
        }
    }

    private void check() {
        checks.set(false);
        List<Upload> oldestFirst = uploads.stream()
                .filter(upload -> !upload.request.isEnded())
                .sorted(Comparator.comparingLong(upload -> upload.since))
                .toList();
        long bytes = oldestFirst.stream()
                .mapToLong(upload -> upload.request.bytesRead())
                .sum();
        for (Upload upload : oldestFirst) {
            if (bytes > MAX_BYTES) {
                bytes -= upload.request.bytesRead();
                cutOff(upload, "memory");
            } else if (upload.isOld()) {
                cutOff(upload, "time");
            }
        }
        if (!uploads.isEmpty()) {
            checkSoon();
        }
    }

    private void cutOff(Upload upload, String why) {
        counts.add("cut-off", "why=" + why);
        upload.request.connection().close();
    }
}
