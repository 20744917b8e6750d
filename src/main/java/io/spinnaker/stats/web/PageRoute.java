package io.spinnaker.stats.web;

import io.spinnaker.stats.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;

/**
 * Serves the pages. The service fills in what {@code publish} has written for the first screen, so that a browser shows numbers
 * after one response, without a script.
 */
@Singleton
final class PageRoute {

    /** After the static files of Quarkus, and before resources, which respond to every path. */
    private static final int BEFORE_RESOURCES = 10_400;

    private static final String MONTH = "(?<month>[0-9]{4}-[0-9]{2})";

    private static final String HTML = "text/html";
    private static final String NOT_FOUND = "/not-found";

    private final ChartFileSource files;
    private final FileResponse response;
    private final PreparedPages pages = new PreparedPages();

    PageRoute(ChartFileSource files, FileResponse response) {
        this.files = files;
        this.response = response;
    }

    void register(@Observes Router router) {
        for (String page : new String[] {"/", "/embed.html", "/what-we-collect/"}) {
            readable(router.route(page)).blockingHandler(this::sendPage, false);
        }
        redirect(router, "/what-we-collect", "/what-we-collect/");
        redirect(router, "/favicon.ico", "/icon.svg");
        readable(router.routeWithRegex("/report/" + MONTH + "/?")).blockingHandler(this::sendReport, false);
        readable(router.routeWithRegex("/report/" + MONTH + "[.]md")).blockingHandler(this::sendMarkdown, false);
        readable(router.route()).order(BEFORE_RESOURCES).handler(this::sendFile);
    }

    private static Route readable(Route route) {
        return route.method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private static void redirect(Router router, String from, String to) {
        router.get(from).handler(context -> {
            if (context.request().path().equals(from)) {
                context.response()
                        .setStatusCode(301)
                        .putHeader(HttpHeaders.LOCATION, to)
                        .end();
            } else {
                context.next(); // the route also matches the path with a slash at the end
            }
        });
    }

    private void sendPage(RoutingContext context) {
        String path = context.normalizedPath();
        if (PageFiles.current().page(path).isEmpty()) {
            context.next(); // a route also matches its path with a slash at the end
            return;
        }
        Optional<CachedFile> source = switch (path) {
            case "/", "/embed.html" -> findQuietly("summary.json");
            case "/what-we-collect/" -> findQuietly("index.json");
            default -> Optional.empty();
        };
        response.send(context, pages.page(path, source));
    }

    /** A public file; empty if it is unavailable. */
    private Optional<CachedFile> findQuietly(String name) {
        try {
            return files.find(name);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private void sendReport(RoutingContext context) {
        sendFromData(context, "report-" + context.pathParam("month") + ".html", true);
    }

    private void sendMarkdown(RoutingContext context) {
        sendFromData(context, "report-" + context.pathParam("month") + ".md", false);
    }

    private void sendFromData(RoutingContext context, String name, boolean isPage) {
        Optional<CachedFile> file;
        try {
            file = files.find(name);
        } catch (IOException | RuntimeException e) {
            response.sendUnavailable(context, e);
            return;
        }
        if (file.isEmpty()) {
            sendNotFound(context);
        } else if (isPage) {
            response.send(context, pages.document(name, file.get()));
        } else {
            response.send(context, file.get());
        }
    }

    /** Serves the pages' other files, and a page to readers who mistype an address. */
    private void sendFile(RoutingContext context) {
        String path = context.normalizedPath();
        Optional<CachedFile> file = PageFiles.current().file(path);
        if (file.isPresent()) {
            // a sandboxed frame has an origin that differs from this one
            context.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
            response.send(context, file.get());
        } else if (acceptsHtml(context) && !isOfAnotherResource(path)) {
            sendNotFound(context);
        } else {
            context.next();
        }
    }

    /** Whether a path belongs to a resource that has no page and responds itself, such as with 405. */
    private static boolean isOfAnotherResource(String path) {
        return path.equals("/log") || path.startsWith("/log/") || path.startsWith("/dev/");
    }

    private void sendNotFound(RoutingContext context) {
        if (acceptsHtml(context)) {
            response.send(context, 404, pages.page(NOT_FOUND, Optional.empty()));
        } else {
            Problem.of(404, "No such page.").send(context);
        }
    }

    private static boolean acceptsHtml(RoutingContext context) {
        return String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT)).contains(HTML);
    }
}
