package io.spinnaker.stats.ingest;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.spinnaker.stats.problem.Problem;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Rejects requests that arrive after SIGTERM. Quarkus waits for the requests in flight, but would accept new ones meanwhile
 * and leave some of them without a response.
 */
@Singleton
final class ShutdownFilter implements Handler<RoutingContext> {

    private volatile boolean shuttingDown;

    void onShutdown(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
    }

    @Override
    public void handle(RoutingContext context) {
        if (shuttingDown) {
            Problem.of(503, "The instance is shutting down.").send(context);
        } else {
            context.next();
        }
    }
}
