package io.spinnaker.stats.collect;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;

/**
 * Discards what a client still sends of a request that was answered without reading all of it. Otherwise a client that
 * reads no answer before it has sent everything, as OkHttp, waits for ever.
 */
final class UnreadBodies {

    /** Who sends more is cut off. As much as Cloud Run lets through. */
    private static final long MAX_BYTES = 32L << 20;

    private static final int BEFORE_WHO_ANSWERS_EARLY = 3_000;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    context.addEndHandler(answered -> {
                        if (!context.request().isEnded()) {
                            discard(context.request());
                        }
                    });
                    context.next();
                },
                BEFORE_WHO_ANSWERS_EARLY);
    }

    private static void discard(HttpServerRequest request) {
        request.handler(buffer -> {
            if (request.bytesRead() > MAX_BYTES) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
