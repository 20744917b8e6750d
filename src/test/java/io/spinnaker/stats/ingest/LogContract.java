package io.spinnaker.stats.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.contract.SentHeaders;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@code POST /log}: responses, and the row of each event. The same for every way to run the service. */
abstract class LogContract {

    private static final String JSON = "application/json";
    private static final int LIMIT = 1 << 20;

    /** The rows stored since the last call. */
    abstract List<JsonNode> newRows();

    @BeforeEach
    void forgetEarlierRows() {
        newRows();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void respondsAndStoresAsEachCaseRequires(Case aCase) {
        Response answer = post("/log", aCase.body().getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(aCase.status());
        if (aCase.row() == null) {
            assertThat(newRows()).isEmpty();
            assertIsProblem(answer);
        } else {
            assertThat(newRows()).map(Json::eventColumns).containsExactly(aCase.row());
            assertIsEmpty(answer);
        }
    }

    static Stream<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void storesThePayloadsOfRealClients(Payload payload) {
        Response answer = post("/log", payload.body());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(newRows()).map(Json::eventColumns).containsExactly(payload.row());
        assertIsEmpty(answer);
    }

    static List<Payload> payloads() {
        return Payload.all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/log", "/log/", "/log/log", "/log/log/"})
    void acceptsEveryPathThatClientsUse(String path) {
        assertThat(post(path, minimal()).statusCode()).isEqualTo(204);
        assertThat(newRows()).hasSize(1);
    }

    @Test
    void addsIdTimeAndContentHash() {
        Instant before = Instant.now();
        post("/log", minimal());
        JsonNode row = newRows().getFirst();

        assertThat(UUID.fromString(row.path("event_id").asText()).version()).isEqualTo(7);
        Instant receivedAt =
                Instant.parse(row.path("received_at").asText().replace(' ', 'T').replace("+00", "Z"));
        assertThat(Duration.between(before, receivedAt)).isBetween(Duration.ofMillis(-1), Duration.ofSeconds(10));
        assertThat(row.path("content_hash").asText()).matches("[0-9a-f]{64}");
    }

    @Test
    void storesNoFieldOutsideTheSchema() {
        post("/log", Case.named("unknown_field").body().getBytes(StandardCharsets.UTF_8));
        assertThat(newRows()).first().asString().doesNotContain("ci.example.com", "secret", "future", "hostname");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON;charset=UTF-8",
                "application/json;"
            })
    void acceptsEverySpellingOfTheJsonMediaType(String contentType) {
        assertThat(given().contentType(contentType).body(minimal()).post("/log").statusCode())
                .isEqualTo(204);
    }

    /** Uses the JDK's client, because REST Assured sends a wildcard if there is no content type. */
    @Test
    void acceptsABodyWithoutContentType() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/log"))
                .POST(BodyPublishers.ofByteArray(minimal()))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/html; charset=utf-8",
                "application/xml",
                "application/jsonp",
                "application/*",
                "*/*",
                ";;"
            })
    void rejectsOtherContentTypes(String contentType) {
        assertRefused(415, given().header("Content-Type", contentType).body(minimal()));
    }

    @Test
    void refusesACompressedBody() {
        assertRefused(
                415,
                given().contentType(JSON).header("Content-Encoding", "gzip").body(minimal()));
    }

    @Test
    void takesABodyOfExactlyOneMebibyte() {
        assertThat(post("/log", padded(LIMIT)).statusCode()).isEqualTo(204);
        assertThat(newRows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, 20 * LIMIT})
    void rejectsALargerBody(int length) {
        assertRefused(413, given().contentType(JSON).body(padded(length)));
    }

    @Test
    void rejectsALargerChunkedBody() {
        assertRefused(413, given().contentType(JSON).body(new ByteArrayInputStream(padded(20 * LIMIT))));
    }

    /** A client that sends everything before it reads would hang if the server stopped reading. */
    @Test
    void drainsLargeBodiesOfRejectedRequests() {
        byte[] much = padded(20 * LIMIT);
        assertThat(post("/logs", much).statusCode()).isEqualTo(404);
        assertThat(given().contentType(JSON).body(much).put("/log").statusCode())
                .isEqualTo(405);
        assertRefused(413, given().contentType("text/plain").body(much));
    }

    @Test
    void storesTheFirst2000StagesOfAnEventOfOneMebibyte() {
        String event = Case.named("minimal").body();
        String start = event.substring(0, event.length() - 1) + ",\"execution\":{\"stages\":[";
        String body = start + "{},".repeat((LIMIT - start.length() - 5) / 3) + "{}]}}";

        assertThat(post("/log", body.getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(204);
        assertThat(newRows())
                .singleElement()
                .satisfies(row -> assertThat(row.at("/execution/stages")).hasSize(2_000));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void ignoresEveryOtherHeader(Map<String, String> headers) {
        for (String name : List.of("minimal", "empty_object", "not_json")) {
            byte[] body = Case.named(name).body().getBytes(StandardCharsets.UTF_8);
            Response without = post("/log", body);
            List<JsonNode> rowsWithout = newRows();

            Response with =
                    given().contentType(JSON).headers(headers).body(body).post("/log");
            List<JsonNode> rowsWith = newRows();

            assertThat(with.statusCode()).isEqualTo(without.statusCode());
            assertThat(with.headers()).hasToString(without.headers().toString());
            assertThat(with.asString()).isEqualTo(without.asString());
            assertThat(rowsWith)
                    .map(Json::eventColumns)
                    .isEqualTo(rowsWithout.stream().map(Json::eventColumns).toList());
            assertThat(rowsWith.toString()).doesNotContainIgnoringCase("s3cr3t");
        }
    }

    /** Each header alone, because one could make the service overlook another, and all of them. */
    static List<Map<String, String>> headers() {
        Map<String, String> all = SentHeaders.of("s3cr3t");
        List<Map<String, String>> headers = new ArrayList<>();
        all.forEach((name, value) -> headers.add(Map.of(name, value)));
        headers.add(all);
        return headers;
    }

    @Test
    void accepts64KibibytesOfHeaders() {
        RequestSpecification request = given().contentType(JSON).header("X-SPINNAKER-ACCOUNTS", "a,".repeat(31 * 1024));
        assertThat(request.body(minimal()).post("/log").statusCode()).isEqualTo(204);
    }

    @Test
    void rejectsMoreHeaders() {
        RequestSpecification request = given().contentType(JSON).header("X-SPINNAKER-ACCOUNTS", "a,".repeat(33 * 1024));
        assertThat(request.body(minimal()).post("/log").statusCode()).isEqualTo(431);
        assertThat(newRows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"})
    void returns405ForOtherMethods(String method) {
        for (String path : List.of("/log", "/log/", "/log/log")) {
            Response answer = given().accept("text/html,*/*").request(method, path);
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
    }

    /** A response would begin with the text of the client. */
    @ParameterizedTest
    @ValueSource(strings = {"SECRET/1.1\r\nHost: a", "SECRET/1.1", "HTTP/9.9\r\nHost: a"})
    void closesConnectionsOfOtherProtocols(String protocol) throws Exception {
        String request = "POST /log " + protocol + "\r\nContent-Length: 2\r\n\r\n{}";
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/logs", "/log/log/log", "/log/x", "/log;a=b", "/dev/rows", "/dev/demo"})
    void returns404ForUnknownPaths(String path) {
        Response answer = post(path, minimal());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertIsProblem(answer);
        assertThat(newRows()).isEmpty();
    }

    @Test
    void namesEachFieldAndRuleThatIsBroken() {
        byte[] body = """
                {"spinnakerInstance": {"id": "acme-prod"}, "application": {"id": "%s", "pipelineCount": -3}}
                """.formatted(Case.SHA).getBytes(StandardCharsets.UTF_8);
        post("/log", body)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("status", equalTo(422))
                .body("title", equalTo("Unprocessable Content"))
                .body("errors.field", equalTo(List.of("spinnakerInstance.id", "application.pipelineCount")))
                .body(
                        "errors.rule",
                        equalTo(List.of(
                                "must be a SHA-256: 64 lower-case hex digits",
                                "must be a whole number from 0 to 2147483647")));
    }

    private static Response post(String path, byte[] body) {
        return given().contentType(JSON).body(body).post(path);
    }

    private void assertRefused(int status, RequestSpecification request) {
        Response answer = request.post("/log");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertIsProblem(answer);
        assertThat(newRows()).isEmpty();
    }

    private static void assertIsProblem(Response answer) {
        answer.then()
                .contentType("application/problem+json")
                .header("Retry-After", emptyOrNullString())
                .body("status", equalTo(answer.statusCode()));
        assertThat(answer.asString()).doesNotContain("secret", "01DZ3END", "hello", Case.SHA.substring(0, 8));
    }

    private static void assertIsEmpty(Response answer) {
        assertThat(answer.asByteArray()).isEmpty();
        assertThat(answer.header("Retry-After")).isNull();
    }

    private static byte[] minimal() {
        return Case.named("minimal").body().getBytes(StandardCharsets.UTF_8);
    }

    /** A valid event of the given size in bytes. */
    private static byte[] padded(int length) {
        String event = Case.named("minimal").body();
        String start = event.substring(0, event.length() - 1) + ",\"future\":\"";
        return (start + "x".repeat(length - start.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
