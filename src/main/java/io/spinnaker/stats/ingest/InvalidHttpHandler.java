package io.spinnaker.stats.ingest;

import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/**
 * Closes the connection of a request that RFC 9112 forbids and that Netty accepts. A proxy in front may find the end of such a
 * request elsewhere, so that a part of it would be read as the request of another client. There is no response, because Vert.x
 * would begin with the next request as soon as it is sent; and because it would begin with the name of the protocol, if that
 * is another one than HTTP/1.0 or 1.1. The same holds for requests that Vert.x itself rejects, such as one without a {@code Host}.
 */
final class InvalidHttpHandler {

    private final LogMetrics metrics;

    InvalidHttpHandler(LogMetrics metrics) {
        this.metrics = metrics;
    }

    void register(@Observes Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(context -> {
                    if (!isHttp(context) || isAmbiguous(context.request())) {
                        close(context);
                    } else {
                        context.next();
                    }
                })
                .failureHandler(context -> {
                    if (!isHttp(context) || context.statusCode() == 400) {
                        close(context);
                    } else {
                        context.next();
                    }
                });
    }

    /** Vert.x leaves the version null if it does not know the protocol. */
    private static boolean isHttp(RoutingContext context) {
        return context.request().version() != null;
    }

    /**
     * Whether the request has several hosts (RFC 9112, section 3.2), or a {@code Transfer-Encoding} other than {@code
     * chunked} or in HTTP/1.0 (section 6.1). {@link StrictHttp} rejects one beside a {@code Content-Length}.
     */
    private static boolean isAmbiguous(HttpServerRequest request) {
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return true;
        }
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return !encodings.isEmpty()
                && (encodings.size() > 1
                        || !encodings.getFirst().equalsIgnoreCase("chunked")
                        || request.version() != HttpVersion.HTTP_1_1);
    }

    private void close(RoutingContext context) {
        metrics.increment(Metric.CONNECTION_CLOSED, Map.of("reason", "invalid"));
        context.request().connection().close();
    }
}
