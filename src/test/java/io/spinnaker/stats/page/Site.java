package io.spinnaker.stats.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spinnaker.stats.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the pages are: at {@code -Ddashboard.url=…}, or else the page's own files with made-up numbers, served by the
 * test itself.
 */
final class Site implements AutoCloseable {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "csv", "text/csv; charset=utf-8");

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final String url;

    private Site(HttpServer server, String url) {
        this.server = server;
        this.url = url;
    }

    static Site open() {
        return at(System.getProperty("dashboard.url"));
    }

    /** At that address; null for the page's own files. */
    static Site at(@Nullable String url) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", Site::answer);
            server.createContext("/documentation", Site::embed);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            String own = "http://127.0.0.1:" + server.getAddress().getPort();
            return new Site(server, url == null ? own : url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a path, which starts with a slash. */
    String url(String path) {
        return url + path;
    }

    /** The address of somebody else's page, which shows that path of the site in a frame. */
    String pageThatEmbeds(String path) {
        return "http://localhost:" + server.getAddress().getPort() + "/documentation?" + url(path);
    }

    private static void embed(HttpExchange exchange) throws IOException {
        String source = exchange.getRequestURI().getQuery().replace("&", "&amp;");
        byte[] page = ("<!DOCTYPE html><link rel=icon href=data:,><iframe title=chart width=700 height=600 src=\""
                        + source + "\"></iframe>")
                .getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    /** A file under {@code /data}. */
    JsonNode data(String name) {
        return Json.parse(get("/data/" + name + ".json").body());
    }

    /** The names of all charts, as the list has them. */
    List<String> charts() {
        return StreamSupport.stream(data("index").path("charts").spliterator(), false)
                .map(chart -> chart.path("name").asText())
                .toList();
    }

    HttpResponse<String> get(String path) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(url(path))).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String file = path.endsWith("/") ? path + "index.html" : path;
        String resource = file.startsWith("/data/") ? "/dashboard/fixtures" + file : "/META-INF/resources" + file;
        try (exchange;
                InputStream content = Site.class.getResourceAsStream(resource)) {
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "application/octet-stream");
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            content.transferTo(exchange.getResponseBody());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
