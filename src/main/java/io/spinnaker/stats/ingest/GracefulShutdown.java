package io.spinnaker.stats.ingest;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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

    /** The channel that accepts connections; neither Quarkus nor Vert.x hands it out, so the first request brings it. */
    private volatile @Nullable Channel listener;

    private volatile boolean shuttingDown;

    @Override
    public void handle(RoutingContext context) {
        if (listener == null) {
            listener =
                    ((ConnectionBase) context.request().connection()).channel().parent();
            if (shuttingDown) { // there was no request before
                closeListener();
            }
        }
        context.next();
    }

    void onShutdown(@Observes ShutdownDelayInitiatedEvent event) {
        shuttingDown = true;
        closeListener();
    }

    private void closeListener() {
        Channel accepting = listener;
        if (accepting != null) {
            ChannelFuture unused = accepting.close();
        }
    }
}
