package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Json;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was not anonymised leaves no trace: in no log line, no answer, no row, no header to BigQuery. */
class PrivacyIT {

    private static final String SECRET = "s3cr3t";
    private static final String EVENT = Case.named("minimal").body();

    private static final String NO_TABLE = "BigQuery has no table demo.stats.events: make it from events.schema.json";
    private static final String SHA_256 = "must be a SHA-256: 64 lower-case hex digits";

    private final BigQueryStub bigQuery = new BigQueryStub();
    private final List<String> answers = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void nothingOfARequestIsKeptButTheColumns() throws Exception {
        bigQuery.start();
        try (PackagedService service = new PackagedService(folder, PackagedService.onBigQuery(bigQuery.baseUrl()))) {
            String[] headers = {
                "X-SPINNAKER-USER",
                SECRET,
                "X-SPINNAKER-ACCOUNTS",
                (SECRET + ",").repeat(40 * 1024 / (SECRET.length() + 1)),
                "X-SPINNAKER-EXECUTION-ID",
                SECRET,
                "Authorization",
                "Bearer " + SECRET,
                "Cookie",
                "a=" + SECRET,
                "User-Agent",
                SECRET
            };
            // stored: what the schema does not name is not
            expect(204, service.post(EVENT, headers));
            expect(204, service.post(with("\"hostname\":\"%s\",\"%s\":{\"a\":[\"%s\"]}"), headers));
            expect(204, service.post(with("\"execution\":{\"type\":\"%s\",\"status\":\"EVOLVED\"}"), headers));
            // refused
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
            // no HTTP at all
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
            // BigQuery quotes what it was sent
            bigQuery.refuseRowsQuoting(SECRET);
            expect(503, service.post(EVENT, headers));
            bigQuery.failQuoting(SECRET);
            expect(503, service.post(EVENT, headers));

            List<String> log = service.endAndReadLog();
            assertThat(bigQuery.everything()).isNotEmpty().noneMatch(request -> request.contains(SECRET));
            assertThat(answers).noneMatch(answer -> answer.contains(SECRET));
            assertThat(log).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains(SECRET));
            assertThat(events(log))
                    .containsExactly(
                            "ERROR not-stored: BigQuery refused the row: invalid at application.id",
                            "WARN the warehouse is down: " + NO_TABLE,
                            "ERROR not-stored: " + NO_TABLE,
                            "INFO counted 1: not-stored why=\"" + NO_TABLE + '"',
                            "INFO counted 1: not-stored why=\"BigQuery refused the row: invalid at application.id\"",
                            "INFO counted 3: refused status=400",
                            "INFO counted 1: refused status=413",
                            "INFO counted 2: refused status=415",
                            "INFO counted 1: refused status=422 field=application.id rule=\"" + SHA_256 + '"',
                            "INFO counted 1: refused status=422 field=execution.id rule=\"" + SHA_256 + ", or empty\"",
                            "INFO counted 1: refused status=422 field=execution.stages.status rule=\"must be a name or a whole number\"",
                            "INFO counted 1: refused status=422 field=execution.stages.type rule=\"must be text\"",
                            "INFO counted 1: refused status=422 field=spinnakerInstance.id rule=\"" + SHA_256 + '"',
                            "INFO counted 3: stored",
                            "INFO counted 1: unknown field=execution.status name=EVOLVED",
                            "INFO counted 1: unknown field=execution.type");
        } finally {
            bigQuery.stop();
        }
    }

    @Test
    void nothingIsPublishedButTheRow() throws Exception {
        bigQuery.start();
        try (PubSubStub pubSub = new PubSubStub()) {
            Map<String, String> environment = new HashMap<>(PackagedService.onBigQuery(bigQuery.baseUrl()));
            environment.putAll(pubSub.environment());
            try (PackagedService service = new PackagedService(folder, environment)) {
                bigQuery.failQuoting(SECRET);
                HttpResponse<String> answer =
                        service.post(with("\"hostname\":\"%s\",\"%s\":1"), "X-SPINNAKER-USER", SECRET);
                assertThat(answer.statusCode()).isEqualTo(202);
                assertThat(answer.body()).isEmpty();
                assertThat(service.endAndReadLog())
                        .anyMatch(line -> line.contains("counted 1: dead-lettered why=\\\"" + NO_TABLE))
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

    private void expect(int status, HttpResponse<String> answer) {
        answers.add(answer.headers().map() + answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private void raw(int port, String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            answers.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String with(String fields) {
        return "{" + fields.replace("%s", SECRET) + "," + EVENT.substring(1);
    }

    /** What was logged of events: each line is an object in the form that Cloud Logging reads. */
    private static List<String> events(List<String> log) {
        return log.stream()
                .filter(line -> line.startsWith("{"))
                .map(Json::parse)
                .filter(line -> line.path("logger").asText().startsWith("io.spinnaker"))
                .map(PrivacyIT::severityAndMessage)
                .toList();
    }

    private static String severityAndMessage(JsonNode line) {
        assertThat(line.fieldNames()).toIterable().containsExactlyInAnyOrder("time", "severity", "logger", "message");
        return line.path("severity").asText() + " " + line.path("message").asText();
    }
}
