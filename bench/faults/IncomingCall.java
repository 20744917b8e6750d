package faults;

import common.HttpMessage;
import common.Sockets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** A call to a fake server, with the ways to handle it. */
final class IncomingCall {

    private final FakeServer server;
    private final Socket connection;
    private final HttpMessage request;

    IncomingCall(FakeServer server, Socket connection, HttpMessage request) {
        this.server = server;
        this.connection = connection;
        this.request = request;
    }

    /** Returns the size of the request body. */
    int bytes() {
        return request.body().length;
    }

    /** Stores the content of the call. Returns the response body of a healthy server. */
    String store() {
        return store(executionId -> true);
    }

    /** Stores the rows whose execution id is valid. Returns the response body of a healthy server. */
    String store(Predicate<String> isValid) {
        return server.store(request.text(), isValid);
    }

    void respond(int status, String body) throws IOException {
        connection.getOutputStream().write(response(status, body));
    }

    /** Responds one byte at a time. */
    void respondSlowly(int status, String body, Duration perByte) throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        for (byte each : response(status, body)) {
            out.write(each);
            Thread.sleep(perByte);
        }
    }

    private static byte[] response(int status, String body) {
        return ("HTTP/1.1 " + status + " -\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Resets the connection without a response. */
    void reset() {
        Sockets.reset(connection);
    }
}
