package io.spinnaker.stats.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.spinnaker.stats.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the pages. The service fills in what {@code publish} has written for the first screen, so that a browser shows numbers
 * after one response, without a script.
 */
@Singleton
final class PageRoute {

    private static final JsonMapper JSON = new JsonMapper();

    /** After the static files of Quarkus, and before resources, which respond to every path. */
    private static final int BEFORE_RESOURCES = 10_400;

    private static final String MONTH = "(?<month>[0-9]{4}-[0-9]{2})";

    private static final String HTML = "text/html";

    private final ChartFileSource files;
    private final FileResponse response;
    private final Map<String, FilledPage> filledPages = new ConcurrentHashMap<>();

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
        Map<String, String> parts =
                path.equals("/what-we-collect/") ? settings() : path.equals("/") ? summary() : Map.of();
        Optional<HtmlPage> page = PageFiles.current().page(path);
        if (page.isPresent()) {
            response.send(context, filled(path, page.get(), parts));
        } else {
            context.next(); // a route also matches its path with a slash at the end
        }
    }

    /** A page with its parts, which change once a day at most. */
    private record FilledPage(HtmlPage page, Map<String, String> parts, CachedFile file) {}

    private CachedFile filled(String path, HtmlPage page, Map<String, String> parts) {
        return filledPages
                .compute(
                        path,
                        (key, last) -> last != null
                                        && last.page().equals(page)
                                        && last.parts().equals(parts)
                                ? last
                                : new FilledPage(page, parts, page.with(parts)))
                .file();
    }

    /** The parts of the first screen. While they are unavailable, the page's script says why there are no numbers. */
    private Map<String, String> summary() {
        Map<String, String> parts = new TreeMap<>();
        json("summary.json")
                .properties()
                .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
        return parts;
    }

    /** The settings that the page about the collected data states. */
    private Map<String, String> settings() {
        return CollectedFields.settings(json("index.json"));
    }

    /** A JSON file; empty if it is unavailable. */
    private JsonNode json(String name) {
        try {
            Optional<CachedFile> file = files.find(name);
            return file.isPresent() ? JSON.readTree(file.get().plain()) : JSON.createObjectNode();
        } catch (IOException | RuntimeException e) {
            return JSON.createObjectNode();
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
            String document = new String(file.get().plain(), StandardCharsets.UTF_8);
            response.send(context, PageFiles.current().document(document));
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
        } else if (acceptsHtml(context) && !path.equals("/log") && !path.startsWith("/dev/")) {
            sendNotFound(context);
        } else {
            context.next();
        }
    }

    private void sendNotFound(RoutingContext context) {
        if (acceptsHtml(context)) {
            response.send(
                    context,
                    404,
                    PageFiles.current().page("/not-found").orElseThrow().with(Map.of()));
        } else {
            Problem.of(404, "No such page.").send(context);
        }
    }

    private static boolean acceptsHtml(RoutingContext context) {
        return String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT)).contains(HTML);
    }
}
