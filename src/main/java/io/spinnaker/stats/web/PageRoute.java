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
import java.util.function.Function;

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
    private static final String NOT_FOUND = "/not-found";

    private final ChartFileSource files;
    private final FileResponse response;
    private final Map<String, PreparedPage> preparedPages = new ConcurrentHashMap<>();

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
        Optional<HtmlPage> page = PageFiles.current().page(path);
        if (page.isEmpty()) {
            context.next(); // a route also matches its path with a slash at the end
            return;
        }
        Optional<CachedFile> source = switch (path) {
            case "/", "/embed.html" -> findQuietly("summary.json");
            case "/what-we-collect/" -> findQuietly("index.json");
            default -> Optional.empty();
        };
        response.send(
                context,
                prepared(path, source, files -> files.page(path).orElseThrow().with(parts(path, source))));
    }

    /**
     * A page, ready to be served.
     *
     * @param files the files that it is made of
     * @param sourceTag the tag of the public file that fills it in; empty without one
     */
    private record PreparedPage(PageFiles files, String sourceTag, CachedFile page) {}

    /** A page that is made once for each version of its source, which changes once a day at most. */
    private CachedFile prepared(String path, Optional<CachedFile> source, Function<PageFiles, CachedFile> make) {
        PageFiles current = PageFiles.current();
        String tag = source.map(CachedFile::tag).orElse("");
        return preparedPages
                .compute(
                        path,
                        (key, last) -> last != null
                                        && last.files().equals(current)
                                        && last.sourceTag().equals(tag)
                                ? last
                                : new PreparedPage(current, tag, make.apply(current)))
                .page();
    }

    /** The parts of a page, from the public file that has them. Without it, the page's script says why there are no numbers. */
    private static Map<String, String> parts(String path, Optional<CachedFile> source) {
        JsonNode json = source.map(PageRoute::json).orElseGet(JSON::createObjectNode);
        if (path.equals("/what-we-collect/")) {
            return CollectedFields.settings(json);
        }
        Map<String, String> parts = new TreeMap<>();
        json.properties()
                .forEach(part -> parts.put(part.getKey(), part.getValue().asText()));
        return parts;
    }

    /** A public file as JSON; empty if it is not valid. */
    private static JsonNode json(CachedFile file) {
        try {
            return JSON.readTree(file.plain());
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
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
            String document = new String(file.get().plain(), StandardCharsets.UTF_8);
            response.send(context, prepared(name, file, files -> files.document(document)));
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
                    prepared(
                            NOT_FOUND,
                            Optional.empty(),
                            files -> files.page(NOT_FOUND).orElseThrow().with(Map.of())));
        } else {
            Problem.of(404, "No such page.").send(context);
        }
    }

    private static boolean acceptsHtml(RoutingContext context) {
        return String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT)).contains(HTML);
    }
}
