package io.spinnaker.stats.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.spinnaker.stats.contract.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** A Cloud Storage with one public bucket that confirms every object unless a test says otherwise. */
public final class StorageStub implements QuarkusTestResourceLifecycleManager, AutoCloseable {

    /** The name of the bucket. */
    public static final String BUCKET = "stats-public";

    private static final String UPLOAD = "/upload/storage/v1/b/" + BUCKET + "/o";

    private static final String FORBIDDEN =
            "{\"error\": {\"errors\": [{\"reason\": \"forbidden\", \"message\": \"secret\"}]}}";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Written> written = new CopyOnWriteArrayList<>();
    private final List<String> read = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Map<String, Written> objects = new ConcurrentHashMap<>();
    private volatile int status = 200;
    private volatile String refused = "/";
    private volatile int takes = Integer.MAX_VALUE;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** A written object. */
    public record Written(String object, String contentType, String cacheControl, String content) {}

    /** Starts the stub. */
    public StorageStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(UPLOAD, this::write);
        server.createContext("/" + BUCKET + "/", this::read);
        server.start();
    }

    /** Settings that make the service read from this stub. */
    @Override
    public Map<String, String> start() {
        return Map.of("stats.web.data-url", baseUrl() + "/" + BUCKET);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(StorageStub.class));
    }

    @Override
    public void stop() {
        close();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The objects written, in order. */
    public List<Written> written() {
        return List.copyOf(written);
    }

    /** The paths that were requested. */
    public List<String> read() {
        return List.copyOf(read);
    }

    /** The credentials that were sent with reads. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** The objects that exist now. */
    public Written object(String name) {
        return Objects.requireNonNull(objects.get(name), () -> "there is no " + name);
    }

    /** Adds an object. */
    public void put(String name, String content) {
        objects.put(name, new Written(name, "application/json", "", content));
    }

    public void remove(String name) {
        objects.remove(name);
    }

    /** Responds with an error, to writes after the given number of further ones, and to all reads. */
    public void fail(int with, int afterWrites) {
        status = with;
        takes = afterWrites;
    }

    /** Responds with 403 to writes of objects whose name ends like this. */
    void failObjects(String ending) {
        refused = ending;
    }

    /** Ends all failures. */
    public void recover() {
        refused = "/";
        status = 200;
        takes = Integer.MAX_VALUE;
    }

    /** Does not respond to reads until the latch is open. */
    public void hang(CountDownLatch until) {
        gate = until;
    }

    private synchronized void write(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (takes-- <= 0) {
            answer(exchange, status, FORBIDDEN);
            return;
        }
        // two parts, each headers, an empty line, content, and the line that ends it
        String end = "\r\n" + body.substring(0, body.indexOf("\r\n"));
        String[] parts = body.split(Pattern.quote(end), -1);
        JsonNode metadata = Json.parse(content(parts[0]));
        if (metadata.path("name").asText().endsWith(refused)) {
            answer(exchange, 403, FORBIDDEN);
            return;
        }
        Written object = new Written(
                metadata.path("name").asText(),
                metadata.path("contentType").asText(),
                metadata.path("cacheControl").asText(),
                content(parts[1]));
        written.add(object);
        objects.put(object.object(), object);
        answer(exchange, 200, "{\"kind\": \"storage#object\"}");
    }

    private static String content(String part) {
        return part.substring(part.indexOf("\r\n\r\n") + 4);
    }

    private void read(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(BUCKET.length() + 2);
        read.add(name);
        authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Written object = objects.get(name);
        if (status != 200) {
            answer(exchange, status, "secret");
        } else if (object == null) {
            answer(exchange, 404, "<Error/>");
        } else {
            answer(exchange, 200, object.content());
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
