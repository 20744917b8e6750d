package io.spinnaker.stats.collect;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.spinnaker.stats.watch.Counts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the time and the memory that bodies take which are still on their way. A real event is there within
 * milliseconds; who takes much longer is cut off. When all together hold too much, those who hold most go first, and of
 * those the oldest: real events are small, so to stall large ones does not keep them out.
 */
@Singleton
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

    private record Upload(HttpServerRequest request, long since) {

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
        filters.register(
                context -> {
                    if (!context.request().isEnded()) {
                        Upload upload = new Upload(context.request(), System.nanoTime());
                        uploads.add(upload);
                        context.addEndHandler(answered -> {
                            if (context.request().isEnded() || answered.failed()) {
                                uploads.remove(upload);
                            } // else it was answered early, and still sends
                        });
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
        uploads.removeIf(upload ->
                upload.request().response().ended() && upload.request().isEnded());
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
