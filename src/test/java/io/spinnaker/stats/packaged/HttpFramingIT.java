package io.spinnaker.stats.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.contract.Case;
import io.spinnaker.stats.storage.BigQueryStub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that RFC 9112 forbids get 400 or no response, the connection is closed, and nothing is stored. A proxy that shares
 * connections between clients could otherwise be made to mix them up.
 */
class HttpFramingIT {

    private static final String EVENT = Case.named("minimal").body();
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String POST = "POST /log HTTP/1.1\r\nHost: a\r\n" + JSON;
    private static final String LENGTH = "Content-Length: " + EVENT.length() + "\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String PLAIN_REQUEST = POST + LENGTH + "\r\n" + EVENT;
    private static final String LAST_REQUEST = PLAIN_REQUEST.replace(JSON, JSON + "Connection: close\r\n");
    private static final String CHUNKED_BODY = "\r\n" + chunk(EVENT) + "0\r\n\r\n";

    private static final Map<String, String> FORBIDDEN = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    "a request hidden in a quoted chunk extension",
                    POST + CHUNKED + "\r\n1;a=\"\r\nX\r\n0\r\n\r\n" + PLAIN_REQUEST + "\"\r\nY\r\n0\r\n\r\n"),
            Map.entry("a chunk size over 32 bits", POST + CHUNKED + "\r\n10000028a\r\n" + EVENT + "\r\n0\r\n\r\n"),
            Map.entry("a negative chunk size", POST + CHUNKED + "\r\n-2\r\n" + EVENT + "\r\n0\r\n\r\n"),
            Map.entry(
                    "a chunk size with a prefix",
                    POST + CHUNKED + "\r\n0x" + Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n0\r\n\r\n"),
            Map.entry("a chunk without line end", POST + CHUNKED + CHUNKED_BODY.replace("}\r\n", "}XX")),
            Map.entry(
                    "a line feed in a chunk extension",
                    POST + CHUNKED + CHUNKED_BODY.replaceFirst("\r\n\\{", ";a\nb{")),
            Map.entry(
                    "a chunk for each byte of a large body",
                    POST + CHUNKED + "\r\n" + chunk(" ").repeat(2_100) + CHUNKED_BODY.substring(2)),
            Map.entry("coding and length", POST + CHUNKED + LENGTH + CHUNKED_BODY),
            Map.entry("length and coding", POST + "Content-Length: 5\r\n" + CHUNKED + CHUNKED_BODY),
            Map.entry(
                    "coding and length in HTTP/1.0",
                    "POST /log HTTP/1.0\r\nConnection: keep-alive\r\n" + JSON + CHUNKED + "Content-Length: 5\r\n"
                            + CHUNKED_BODY),
            Map.entry(
                    "coding in HTTP/1.0",
                    "POST /log HTTP/1.0\r\nConnection: keep-alive\r\n" + JSON + CHUNKED + CHUNKED_BODY),
            Map.entry("two codings", POST + "Transfer-Encoding: gzip, chunked\r\n" + CHUNKED_BODY),
            Map.entry(
                    "chunked is not the last coding", POST + "Transfer-Encoding: chunked, identity\r\n" + CHUNKED_BODY),
            Map.entry("chunked twice", POST + CHUNKED + CHUNKED + CHUNKED_BODY),
            Map.entry("a folded coding", POST + "Transfer-Encoding:\r\n chunked\r\n" + CHUNKED_BODY),
            Map.entry("a quoted coding", POST + "Transfer-Encoding: \"chunked\"\r\n" + CHUNKED_BODY),
            Map.entry("a coding after a vertical tab", POST + "Transfer-Encoding: \u000bchunked\r\n" + CHUNKED_BODY),
            Map.entry("a space before the colon", POST + "Transfer-Encoding : chunked\r\n" + CHUNKED_BODY),
            Map.entry("an unknown coding", POST + "Transfer-Encoding: xchunked\r\n" + LENGTH + "\r\n" + EVENT),
            Map.entry("the coding identity", POST + "Transfer-Encoding: identity\r\n" + LENGTH + "\r\n" + EVENT),
            Map.entry("an empty coding", POST + "Transfer-Encoding:\r\n" + LENGTH + "\r\n" + EVENT),
            Map.entry("control characters before the method", "\0\u0001\u0002" + PLAIN_REQUEST),
            Map.entry("a space before the method", " " + PLAIN_REQUEST),
            Map.entry("two hosts", "POST /log HTTP/1.1\r\nHost: b\r\n" + PLAIN_REQUEST.substring(20)),
            Map.entry("no host", PLAIN_REQUEST.replace("Host: a\r\n", "")),
            Map.entry("two lengths", POST + "Content-Length: 5\r\n" + LENGTH + "\r\n" + EVENT),
            Map.entry("a length with a sign", POST + "Content-Length: +" + EVENT.length() + "\r\n\r\n" + EVENT),
            Map.entry("a negative length", POST + "Content-Length: -1\r\n\r\n" + EVENT),
            Map.entry("line feeds as line ends", PLAIN_REQUEST.replace("\r\n", "\n"))));

    private static final BigQueryStub BIG_QUERY = new BigQueryStub();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init") // initialised by @BeforeAll
    private static PackagedService service;

    @BeforeAll
    static void start() throws IOException {
        BIG_QUERY.start();
        service = new PackagedService(folder, PackagedService.onBigQuery(BIG_QUERY.baseUrl()));
    }

    @AfterAll
    static void stop() {
        service.close();
        BIG_QUERY.stop();
    }

    @BeforeEach
    void forgetEarlierRows() {
        BIG_QUERY.newRows();
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void closesTheConnectionOfAForbiddenRequest(String name) throws IOException {
        String response = exchange(FORBIDDEN.get(name) + PLAIN_REQUEST);

        assertThat(response)
                .satisfiesAnyOf(
                        none -> assertThat(none).isEmpty(),
                        one -> assertThat(one)
                                .startsWith("HTTP/1.")
                                .containsOnlyOnce("HTTP/1.")
                                .contains(" 400 Bad Request\r\n"));
        assertThat(BIG_QUERY.newRows()).isEmpty();
    }

    static Stream<String> forbidden() {
        return FORBIDDEN.keySet().stream();
    }

    @Test
    void keepsTheConnectionOfValidRequests() throws IOException {
        String valid = PLAIN_REQUEST
                + POST + "Transfer-Encoding: Chunked\r\n" + CHUNKED_BODY
                + "\r\n" + POST + CHUNKED + "\r\n" + "1;a=b\r\n{\r\n" + chunk(EVENT.substring(1))
                + "0\r\nTrailer: a\r\n\r\n"
                + POST + CHUNKED + "\r\n" + EVENT.replaceAll("(?s).", "1\r\n$0\r\n") + "0\r\n\r\n"
                + LAST_REQUEST;

        assertThat(exchange(valid)).matches("(HTTP/1.1 204 No Content\r\n([^\r\n]+\r\n)*\r\n){5}");
        assertThat(BIG_QUERY.newRows()).hasSize(5);
    }

    /** The client waits for permission to send, so the refusal saves it from sending the body. */
    @Test
    void refusesAnOversizedBodyBeforeItIsSent() throws IOException {
        String head = POST + "Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n";

        assertThat(exchange(head)).startsWith("HTTP/1.1 413 ").contains("connection: close", "1048576 bytes");
    }

    @Test
    void asksForABodyOfAllowedSize() throws IOException {
        try (RawConnection connection = new RawConnection(service.port())) {
            connection.send(POST + "Expect: 100-continue\r\n" + LENGTH + "\r\n");
            assertThat(connection.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

            connection.send(EVENT);
            assertThat(connection.readHead()).startsWith("HTTP/1.1 204 ");
            assertThat(BIG_QUERY.newRows()).hasSize(1);
        }
    }

    private static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
    }

    /** Sends bytes on a new connection and returns everything until the service closes it. */
    private static String exchange(String request) throws IOException {
        try (RawConnection connection = new RawConnection(service.port())) {
            connection.send(request);
            return connection.readToEnd();
        }
    }
}
