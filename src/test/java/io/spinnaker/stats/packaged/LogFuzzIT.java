package io.spinnaker.stats.packaged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.Jazzer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithLength;
import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.contract.Payload;
import io.spinnaker.stats.contract.Refusals;
import io.spinnaker.stats.storage.BigQueryStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends arbitrary bytes to the service's port. No input may end the service, delay it, make it fail, or appear in a response
 * or in the log. The service is a separate process, so its responses and rows, not its code, guide the fuzzer. {@code
 * -Dfuzz=30s} fuzzes for 30 s.
 */
class LogFuzzIT {

    /** The oldest clients disconnect after this time. */
    private static final int TIMEOUT_MILLIS = 5_000;

    static final int MAX_HEAD = 4 << 10;
    static final int MAX_BODY = 16 << 10;

    private static final String HEAD = """
            POST /log HTTP/1.1\r
            Host: stats.spinnaker.io\r
            Connection: close\r
            Content-Type: application/json; charset=utf-8""";

    private static final List<String> HEADS = List.of(
            "POST /log HTTP/1.1\r\nHost: stats.spinnaker.io\r\nContent-Type: application/json\r\nUser-Agent: okhttp/3.14.9",
            "POST /log/log HTTP/1.1\r\nHost: a:80\r\nX-SPINNAKER-USER: anonymous\r\nX-B3-Sampled: 1",
            "POST http://a/log/?b=c#d HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b",
            "POST /log HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Type: text/plain",
            "POST /log HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked",
            "POST /log HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nCookie: a=b",
            "GET /%2e%2e/log;a=b HTTP/1.0\r\nAccept: text/html\r\nAuthorization: Basic YTpi",
            "GET /log HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
            "GET /q/health HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nSec-WebSocket-Key: YTpi\r\nConnection: upgrade",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\nOrigin: null\r\nAccess-Control-Request-Method: POST",
            "CONNECT a:443 HTTP/1.1\r\nHost: a\r\nForwarded: for=a\r\nX-HTTP-Method-Override: PUT",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001");

    private static final String REASON =
            "(Continue|No Content|Bad Request|Not Found|Method Not Allowed|Content Too Large"
                    + "|Unsupported Media Type|Unprocessable (Content|Entity)|Request-URI Too Long|Request Header Fields Too Large)";
    private static final String DETAIL = "(The body is not one JSON object, nested no deeper than 32\\."
            + "|The event is invalid; see \\\\\"errors\\\\\"\\.|The body exceeds the limit of 1048576 bytes\\."
            + "|Send application/json, not compressed\\.|Only POST is supported\\.|No such path; POST events to /log\\."
            + "|The request was rejected\\.|Malformed HTTP request\\.)";
    private static final String ERROR = "\\{\"field\":\"" + Refusals.FIELD + "\",\"rule\":\"" + Refusals.RULE + "\"}";
    private static final String PROBLEM = "\\{\"title\":\"" + REASON + "\",\"status\":4[0-9]{2},\"detail\":\"" + DETAIL
            + "\"(,\"errors\":\\[" + ERROR + "(," + ERROR + ")*])?}";
    private static final String HEADER =
            "(content-length: [0-9]+|content-type: application/problem\\+json|allow: POST|connection: (close|keep-alive))";

    /** Every response that the service may send. */
    private static final Pattern RESPONSE = Pattern.compile(
            "HTTP/1\\.[01] (100|204|4[0-9]{2}) " + REASON + "\r\n(" + HEADER + "\r\n)*\r\n(" + PROBLEM + ")?",
            Pattern.CASE_INSENSITIVE);

    private static final String PAGE_HEADER =
            "(etag|cache-control|vary|content-type|content-length|x-content-type-options|referrer-policy"
                    + "|content-security-policy|connection): [^\r\n]*";

    /** The page for readers who mistype an address; nothing in it comes from the request. */
    private static final String NOT_FOUND_PAGE = "HTTP/1\\.[01] 404 Not Found\r\n(" + PAGE_HEADER
            + "\r\n)*\r\n<!doctype html>(?:(?!</html>)[\\s\\S])*+</html>\n";

    /** The same, a page, and responses of Vert.x itself, which begin with the version that the request names. */
    private static final Pattern ANY_RESPONSE = Pattern.compile(
            RESPONSE + "|" + NOT_FOUND_PAGE + "|[^\r\n]+ (400|414|431) " + REASON + "\r\ncontent-length: 0\r\n\r\n",
            Pattern.CASE_INSENSITIVE);

    private static final String METRIC = "(stored|rejected|unknown_enum_value|dropped_stages|connection_closed)";
    private static final String LABEL = "(status|field|rule|name|reason)";
    private static final String LABEL_VALUE =
            "(4[0-9]{2}|" + Refusals.FIELD + "|" + Refusals.RULE + "|[A-Z_]{1,40}|other|timeout|invalid)";

    /**
     * Vert.x begins with a pipelined request although the connection has just been closed, and Quarkus then waits for its
     * response until the shutdown times out.
     */
    private static final String SHUTDOWN_TIMEOUT =
            "|io\\.quarkus\\.runtime\\.shutdown\\.ShutdownRecorder\",\"severity\":\"ERROR\",\"message\":\"Timed out waiting for graceful shutdown, shutting down anyway\\.[^\"]*\",\"labels\":\\{}";

    /** Everything that the service may log. */
    private static final Pattern LOGGED = Pattern.compile(
            "\\{\"time\":\"[0-9TZ:.-]+\",\"logger\":\"("
                    + "io\\.spinnaker\\.stats\\.metrics\\.LogMetrics\",\"severity\":\"INFO\",\"message\":\"metric="
                    + METRIC
                    + " count=[0-9]+( " + LABEL + "=(\\\\\")?" + LABEL_VALUE
                    + "(\\\\\")?)*\",\"labels\":\\{(,?\"(metric\":\"" + METRIC
                    + "|count\":\"[0-9]+|" + LABEL + "\":\"" + LABEL_VALUE + ")\")+}"
                    + "|io\\.quarkus\",\"severity\":\"INFO\",\"message\":\"(Profile prod activated|Installed features:|spinnaker-stats stopped in)[^\"]*\",\"labels\":\\{}"
                    + SHUTDOWN_TIMEOUT
                    + "|io\\.quarkus\\.vertx\\.http[^\"]*\",\"severity\":\"INFO\",\"message\":\"[A-Za-z ]+\",\"labels\":\\{})}");

    private static final BigQueryStub BIG_QUERY = new BigQueryStub();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // initialised by @BeforeAll
    private static PackagedService service;

    @BeforeAll
    static void start() throws IOException {
        BIG_QUERY.start();
        service = new PackagedService(folder, PackagedService.onBigQuery(BIG_QUERY.baseUrl()));
        service.newLog();
    }

    @AfterAll
    static void stop() throws Exception {
        try (PackagedService closing = service) {
            assertThat(closing.endAndReadLog())
                    .allMatch(line -> LOGGED.matcher(line).matches());
        } finally {
            BIG_QUERY.stop();
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void respondsToEveryInput(
            byte @NotNull @WithLength(max = MAX_HEAD) [] head, byte @NotNull @WithLength(max = MAX_BODY) [] body)
            throws IOException {
        BugDetectors.allowNetworkConnections();
        String rawResponse = exchange(head, body, true);
        assertThat(ANY_RESPONSE.matcher(rawResponse).replaceAll(""))
                .as("the unknown part of %s", rawResponse)
                .isEmpty();

        String response = exchange(HEAD.getBytes(ISO_8859_1), body, false);
        assertThat(response).matches(RESPONSE);

        assertThat(service.newLog()).allMatch(line -> LOGGED.matcher(line).matches());
        Jazzer.exploreState(
                (byte) (rawResponse + response).replaceAll("[0-9]+", "").hashCode());
        Jazzer.exploreState((byte) (BIG_QUERY.newRows().toString().length() / 64));
    }

    static Stream<Arguments> seeds() {
        String minimal = Case.named("minimal").body();
        byte[] chunked =
                "%x\r\n%s\r\n0\r\n\r\n".formatted(minimal.length(), minimal).getBytes(ISO_8859_1);
        return Stream.of(
                        HEADS.stream().map(head -> Arguments.of(head.getBytes(ISO_8859_1), chunked)),
                        Case.all()
                                .map(aCase -> Arguments.of(
                                        HEAD.getBytes(ISO_8859_1), aCase.body().getBytes(UTF_8))),
                        Payload.all().stream().map(payload -> Arguments.of(HEAD.getBytes(ISO_8859_1), payload.body())))
                .flatMap(each -> each);
    }

    /** Sends a request on a new connection, and returns all bytes until the service closes it. */
    private static String exchange(byte[] head, byte[] body, boolean endsOutput) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head);
        request.writeBytes(
                "\r\nContent-Length: %d\r\n\r\n".formatted(body.length).getBytes(ISO_8859_1));
        request.writeBytes(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.toByteArray());
            if (endsOutput) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
