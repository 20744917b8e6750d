package io.spinnaker.stats.ingest;

import io.spinnaker.stats.limits.Limits;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Drains the rest of a request body after an early response. A client that sends the whole body before it reads the
 * response, as OkHttp does, would otherwise wait forever.
 */
@Singleton
final class RequestBodyDrainer implements Handler<RoutingContext> {

    private final Vertx vertx;

    RequestBodyDrainer(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void handle(RoutingContext context) {
        Context eventLoop = vertx.getOrCreateContext();
        context.addEndHandler(responded -> {
            if (Context.isOnEventLoopThread()) {
                drain(context.request());
            } else { // a worker thread has sent the response
                eventLoop.runOnContext(nothing -> drain(context.request()));
            }
        });
        context.next();
    }

    private void drain(HttpServerRequest request) {
        request.resume(); // RESTEasy pauses every request, and a paused one never ends
        if (request.isEnded()) {
            return;
        }
        request.handler(buffer -> {
            if (request.bytesRead() > Limits.REQUESTS.maxDrainedBytes()) {
                request.connection().close();
            }
        });
        long timer = vertx.setTimer(Limits.REQUESTS.bodyTimeout().toMillis(), expired -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        request.endHandler(ended -> vertx.cancelTimer(timer));
    }
}
