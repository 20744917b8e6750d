package io.spinnaker.stats.ingest;

import io.netty.channel.Channel;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Handler;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Refuses new connections from SIGTERM on. Quarkus does the rest: during its shutdown delay it serves the requests that arrive
 * on open connections, each with {@code Connection: close}; then it waits for those in flight and closes idle connections.
 * Without this, it would accept connections until the end and reset the last of them.
 */
@Singleton
final class GracefulShutdown implements Handler<RoutingContext> {

    /** Closing takes no I/O; the timeout only keeps a defect from blocking the shutdown. */
    private static final long CLOSE_TIMEOUT_MS = 1_000;

    /** The channel that accepts connections; neither Quarkus nor Vert.x hands it out, so the first request brings it. */
    private volatile @Nullable Channel listener;

    @Override
    public void handle(RoutingContext context) {
        if (listener == null) {
            listener =
                    ((ConnectionBase) context.request().connection()).channel().parent();
        }
        context.next();
    }

    void onShutdown(@Observes ShutdownDelayInitiatedEvent event) {
        Channel accepting = listener;
        if (accepting != null) {
            accepting.close().awaitUninterruptibly(CLOSE_TIMEOUT_MS);
        }
    }
}
