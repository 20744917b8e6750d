package io.spinnaker.stats.ingest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The filters that every request passes before a route, in this order:
 *
 * <ol>
 *   <li>{@link InvalidHttpHandler} rejects what is not valid HTTP/1.0 or 1.1;
 *   <li>{@link RequestBodyDrainer} drains the body of whatever is rejected later;
 *   <li>{@link GracefulShutdown}, which rejects nothing;
 *   <li>{@link PacingFilter} delays all other requests beyond the configured rate;
 *   <li>{@link RequestBodyReader}, for events only, so that the resource finds a complete body, at that rate.
 * </ol>
 *
 * <p>After them, {@link LogResource} limits the memory of all bodies in flight.
 */
@Singleton
final class RequestFilters {

    /** Quarkus runs filters of a higher priority first; all of these run before its own. */
    private static final int FIRST_PRIORITY = 3_000;

    /** Vert.x runs routes of a lower order first; this one runs after the filters and before resources. */
    private static final int BEFORE_RESOURCES = -1;

    private final List<Handler<RoutingContext>> chain;
    private final RequestBodyReader bodyReader;

    RequestFilters(
            RequestBodyDrainer drainer,
            GracefulShutdown shutdown,
            PacingFilter pacingFilter,
            RequestBodyReader bodyReader) {
        this.chain = List.of(drainer, shutdown, pacingFilter);
        this.bodyReader = bodyReader;
    }

    void register(@Observes Filters filters) {
        StrictHttp.enable();
        for (int i = 0; i < chain.size(); i++) {
            filters.register(chain.get(i), FIRST_PRIORITY - i);
        }
    }

    void register(@Observes Router router) {
        router.postWithRegex(LogResource.PATH + LogResource.ALIAS)
                .order(BEFORE_RESOURCES)
                .handler(bodyReader);
    }
}
