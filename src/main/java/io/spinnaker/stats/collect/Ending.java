package io.spinnaker.stats.collect;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses requests that begin after the process was told to end. Those that had begun are answered first: Quarkus waits
 * for them, but would take new ones meanwhile, and at the end leave some of those without an answer.
 */
@Singleton
final class Ending {

    private static final int BEFORE_ALL_OTHERS = 2_000;

    private volatile boolean ending;

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ALL_OTHERS);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        ending = true;
    }

    private void handle(RoutingContext context) {
        if (!ending) {
            context.next();
            return;
        }
        Problem.answer(context, 503, "Service Unavailable", "This instance ends.");
    }
}
