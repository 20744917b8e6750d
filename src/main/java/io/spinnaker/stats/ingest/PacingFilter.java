package io.spinnaker.stats.ingest;

import io.spinnaker.stats.pacing.RequestPacer;
import io.spinnaker.stats.pacing.RequestPacer.Priority;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * Paces every request but an event, which {@link RequestBodyReader} paces once its size is known. Files are paced again for their
 * bytes.
 */
@Singleton
final class PacingFilter implements Handler<RoutingContext> {

    private static final Pattern EVENT_PATH = Pattern.compile(LogResource.PATH + LogResource.ALIAS);

    private final RequestPacer pacer;

    PacingFilter(RequestPacer pacer) {
        this.pacer = pacer;
    }

    @Override
    public void handle(RoutingContext context) {
        boolean isEvent = context.request().method().equals(HttpMethod.POST)
                && EVENT_PATH.matcher(context.normalizedPath()).matches();
        if (isEvent) {
            context.next();
        } else {
            pacer.pace(context, Priority.OTHER, RequestPacer.REQUEST, context::next);
        }
    }
}
