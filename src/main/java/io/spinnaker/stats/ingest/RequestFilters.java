package io.spinnaker.stats.ingest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The filters that every request passes before a route, in this order:
 *
 * <ol>
 *   <li>{@link RequestBodyDrainer} first, so that it drains the body of whatever a later filter rejects;
 *   <li>{@link ShutdownFilter}, so that no limit is spent on a request that is rejected anyway;
 *   <li>{@link RequestBodyLimiter}.
 * </ol>
 *
 * <p>Before them, {@link InvalidHttpHandler} rejects what is not HTTP/1.0 or 1.1. After them, {@link LogResource} checks
 * the size of the complete body and {@link InFlightLimiter} the memory of all of them.
 */
@Singleton
final class RequestFilters {

    /** Quarkus runs filters of a higher priority first; all of these run before its own. */
    private static final int FIRST_PRIORITY = 3_000;

    private final List<Handler<RoutingContext>> chain;

    RequestFilters(RequestBodyDrainer drainer, ShutdownFilter shutdown, RequestBodyLimiter bodyLimiter) {
        this.chain = List.of(drainer, shutdown, bodyLimiter);
    }

    void register(@Observes Filters filters) {
        for (int i = 0; i < chain.size(); i++) {
            filters.register(chain.get(i), FIRST_PRIORITY - i);
        }
    }
}
