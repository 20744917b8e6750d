package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
import io.spinnaker.stats.contract.SentHeaders;
import io.spinnaker.stats.delivery.PubSubStub;
import io.spinnaker.stats.storage.BigQueryStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in a request leave no trace: not in a log line, a response, a row, or a request to BigQuery. */
class PrivacyIT {

    private static final String SECRET = "s3cr3t";
    private static final String EVENT = Case.named("minimal").body();

    private static final String NO_TABLE =
            "BigQuery table demo.stats.events not found; create it from events.schema.json";
    private static final String SHA_256 = "must be a SHA-256: 64 lower-case hex digits";

    private final BigQueryStub bigQuery = new BigQueryStub();
    private final List<String> responses = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void keepsOnlyTheColumnsOfARequest() throws Exception {
        bigQuery.start();
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            Map<String, String> sent = SentHeaders.of(SECRET);
            String[] headers = sent.entrySet().stream()
                    .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                    .toArray(String[]::new);
            // stored without fields that the schema does not name
            expect(204, service.post(EVENT, headers));
            expect(204, service.post(with("\"hostname\":\"%s\",\"%s\":{\"a\":[\"%s\"]}"), headers));
            expect(204, service.post(with("\"execution\":{\"type\":\"%s\",\"status\":\"EVOLVED\"}"), headers));
            // rejected
            expect(400, service.post(SECRET, headers));
            expect(400, service.post("{\"" + SECRET + "\":", headers));
            expect(400, service.post("{\"a\":\"" + SECRET + "\\x\"}", headers));
            expect(413, service.post(SECRET.repeat(400_000), headers));
            expect(422, service.post(EVENT.replace(Case.SHA, SECRET), headers));
            expect(
                    422,
                    service.post(with(
                            "\"execution\":{\"id\":\"%s\",\"stages\":[{\"type\":[\"%s\"],\"status\":{\"%s\":1}}]}")));
            expect(415, service.post(EVENT, "Content-Type", "text/" + SECRET));
            expect(415, service.post(EVENT, "Content-Encoding", SECRET));
            // not HTTP
            raw(service.port(), SECRET + "\r\n\r\n");
            raw(service.port(), "POST /log?" + SECRET + " HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}");
            raw(
                    service.port(),
                    "POST /log?" + SECRET + " HTTP/1.1\r\nHost: " + SECRET + "@x\r\nContent-Length: 2\r\n\r\n{}");
            raw(
                    service.port(),
                    "POST /log?" + SECRET + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + SECRET + "\r\n\r\n");
            raw(
                    service.port(),
                    "POST /log HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET + "\r\n");
            raw(service.port(), "GET /" + SECRET + " HTTP/1.1\r\nHost: " + SECRET + "\r\nConnection: close\r\n\r\n");
            // BigQuery quotes the request
            bigQuery.rejectRowsQuoting(SECRET);
            expect(503, service.post(EVENT, headers));
            bigQuery.failQuoting(SECRET);
            expect(503, service.post(EVENT, headers));

            List<String> log = service.endAndReadLog();
            assertThat(bigQuery.everything()).isNotEmpty().noneMatch(request -> request.contains(SECRET));
            assertThat(responses).noneMatch(response -> response.contains(SECRET));
            assertThat(log).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains(SECRET));
            assertThat(log)
                    .noneMatch(line -> sent.keySet().stream()
                            .anyMatch(name -> name.contains("-")
                                    && line.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))));
            assertThat(ownLines(log))
                    .containsExactly(
                            "ERROR not_stored: BigQuery rejected the row: invalid at application.id",
                            "ERROR not_stored: " + NO_TABLE,
                            "INFO metric=stored count=3",
                            "INFO metric=not_stored count=1 reason=\"BigQuery rejected the row: invalid at application.id\"",
                            "INFO metric=not_stored count=1 reason=\"" + NO_TABLE + '"',
                            "INFO metric=rejected count=1 field=application.id rule=\"" + SHA_256 + "\" status=422",
                            "INFO metric=rejected count=1 field=execution.id rule=\"" + SHA_256
                                    + ", or empty\" status=422",
                            "INFO metric=rejected count=1 field=execution.stages.status rule=\"must be a name or a whole number\" status=422",
                            "INFO metric=rejected count=1 field=execution.stages.type rule=\"must be text\" status=422",
                            "INFO metric=rejected count=1 field=spinnakerInstance.id rule=\"" + SHA_256
                                    + "\" status=422",
                            "INFO metric=rejected count=3 status=400",
                            "INFO metric=rejected count=1 status=413",
                            "INFO metric=rejected count=2 status=415",
                            "INFO metric=unknown_enum_value count=1 field=execution.status",
                            "INFO metric=unknown_enum_value count=1 field=execution.type",
                            "INFO metric=connection_closed count=2 reason=invalid");
        } finally {
            bigQuery.stop();
        }
    }

    @Test
    void publishesOnlyTheRow() throws Exception {
        bigQuery.start();
        try (PubSubStub pubSub = new PubSubStub()) {
            Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(bigQuery.baseUrl()));
            environment.putAll(pubSub.environment());
            try (PackagedService service = new PackagedService(folder, environment)) {
                bigQuery.failQuoting(SECRET);
                HttpResponse<String> response =
                        service.post(with("\"hostname\":\"%s\",\"%s\":1"), "X-SPINNAKER-IDENTITY-TOKEN", SECRET);
                assertThat(response.statusCode()).isEqualTo(202);
                assertThat(response.body()).isEmpty();
                assertThat(service.endAndReadLog())
                        .anyMatch(line -> line.contains("metric=dead_lettered count=1 reason=\\\"" + NO_TABLE))
                        .noneMatch(line -> line.contains(SECRET));
            }
            List<JsonNode> messages = pubSub.messages(PubSubStub.DEAD_LETTERS);
            assertThat(messages).hasSize(1);
            assertThat(Json.eventColumns(Json.parse(PubSubStub.data(messages.getFirst()))))
                    .isEqualTo(Case.named("minimal").row());
            assertThat(pubSub.everything()).noneMatch(request -> request.contains(SECRET));
        } finally {
            bigQuery.stop();
        }
    }

    private void expect(int status, HttpResponse<String> response) {
        responses.add(response.headers().map() + response.body());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    private void raw(int port, String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            responses.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String with(String fields) {
        return "{" + fields.replace("%s", SECRET) + "," + EVENT.substring(1);
    }

    /** Severity and message of this service's own lines; each line is a JSON object in Cloud Logging's format. */
    private static List<String> ownLines(List<String> log) {
        return log.stream()
                .filter(line -> line.startsWith("{"))
                .map(Json::parse)
                .filter(line -> line.path("logger").asText().startsWith("io.spinnaker"))
                .map(PrivacyIT::severityAndMessage)
                .toList();
    }

    private static String severityAndMessage(JsonNode line) {
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("time", "severity", "logger", "message", "labels");
        String message = line.path("message").asText();
        JsonNode labels = line.path("labels");
        if (message.startsWith("metric=")) {
            assertThat(message)
                    .startsWith("metric=%s count=%s"
                            .formatted(
                                    labels.path("metric").asText(),
                                    labels.path("count").asText()));
        }
        return line.path("severity").asText() + " " + message;
    }
}
