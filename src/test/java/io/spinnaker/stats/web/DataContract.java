package io.spinnaker.stats.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.spinnaker.stats.contract.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of {@code /data}, whatever the source of the files. Files are requested with the JDK's client,
 * because REST Assured always accepts gzip.
 */
abstract class DataContract {

    @ParameterizedTest
    @ValueSource(strings = {"index.json", "versions.json", "versions.csv"})
    void allowsOtherOrigins(String name) throws Exception {
        HttpResponse<byte[]> answer = get(name);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type"))
                .isEqualTo(name.endsWith(".csv") ? "text/csv; charset=utf-8" : "application/json");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Encoding")).isEmpty();
        assertThat(answer.body()).isNotEmpty();
    }

    @Test
    void gzipsWhenAccepted() throws Exception {
        HttpResponse<byte[]> plain = get("index.json");
        HttpResponse<byte[]> compressed = get("index.json", "Accept-Encoding", "br, gzip;q=0.5");
        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(compressed, "Vary")).isEqualToIgnoringCase("Accept-Encoding");
        assertThat(header(compressed, "ETag")).isNotEqualTo(header(plain, "ETag"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(get("index.json", "Accept-Encoding", "br, gzip;q=0").body()).isEqualTo(plain.body());
    }

    @Test
    void returns304ForMatchingETag() throws Exception {
        String tag = header(get("index.json"), "ETag");
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag)) {
            HttpResponse<byte[]> answer = get("index.json", "If-None-Match", known);
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(header(answer, "ETag")).isEqualTo(tag);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(get("index.json", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void returnsHeadersOnlyForHead() throws Exception {
        HttpResponse<byte[]> whole = get("index.json");
        HttpResponse<byte[]> head = ask("HEAD", "index.json");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(whole.body().length));
        assertThat(header(head, "ETag")).isEqualTo(header(whole, "ETag"));
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"})
    void returns405ForOtherMethods(String method) throws Exception {
        for (String name : List.of("index.json", "other.json")) {
            HttpResponse<byte[]> answer = ask(method, name);
            assertIsProblem(answer, 405);
            assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"other.json", "versions", "VERSIONS.JSON", "versions.xml", "%2e%2e%2findex.json", "index.json%00"
            })
    void returns404ForUnknownFiles(String name) throws Exception {
        assertIsProblem(get(name), 404);
    }

    static HttpResponse<byte[]> get(String file, String... headers) throws IOException, InterruptedException {
        return ask("GET", file, headers);
    }

    private static HttpResponse<byte[]> ask(String method, String file, String... headers)
            throws IOException, InterruptedException {
        return request(method, "/data/" + file, headers);
    }

    static HttpResponse<byte[]> request(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .method(method, method.startsWith("P") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    static void assertIsProblem(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        JsonNode problem = Json.parse(text(answer));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }
}
