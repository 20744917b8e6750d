package io.spinnaker.stats.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spinnaker.stats.contract.Json;
import java.io.IOException;
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
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;

/** The service whose pages are tested, and a page on another origin that embeds one of them. */
final class Site implements AutoCloseable {

    private static final String PLAIN = "/documentation";
    private static final String SANDBOXED = "/sandboxed";

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final String url;

    private Site(HttpServer server, String url) {
        this.server = server;
        this.url = url;
    }

    /** The service at {@code -Ddashboard.url=…}, by default dev mode's. It has data, such as dev mode's demo data. */
    static Site open() {
        return at(System.getProperty("dashboard.url", "http://127.0.0.1:8080"));
    }

    /** The service at that URL. */
    static Site at(String url) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", Site::embed);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return new Site(server, url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of a path, which starts with a slash. */
    String url(String path) {
        return url + path;
    }

    /**
     * The URL of a page on another origin that shows that path of the site in a frame.
     *
     * @param isSandboxed whether the frame may run scripts, and nothing more
     */
    String pageThatEmbeds(String path, boolean isSandboxed) {
        String folder = isSandboxed ? SANDBOXED : PLAIN;
        return "http://localhost:" + server.getAddress().getPort() + folder + "?" + url(path);
    }

    private static void embed(HttpExchange exchange) throws IOException {
        String source = exchange.getRequestURI().getQuery().replace("&", "&amp;");
        String sandbox = exchange.getRequestURI().getPath().equals(SANDBOXED) ? "sandbox=allow-scripts" : "";
        byte[] page = """
                <!DOCTYPE html><link rel=icon href=data:,><iframe title=chart width=700 height=600 %s src="%s"></iframe>
                <script>addEventListener('message', event => { window.reportedHeight = event.data.height; });</script>""".formatted(sandbox, source).getBytes(StandardCharsets.UTF_8);
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

    /** The names of all charts, in the order of the index. */
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

    @Override
    public void close() {
        server.stop(0);
    }
}
