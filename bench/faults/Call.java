import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** One call to a stand-in, and all that can be done about it. */
final class Call {

    private final HttpStandIn callee;
    private final Socket connection;
    private final Message request;

    Call(HttpStandIn callee, Socket connection, Message request) {
        this.callee = callee;
        this.connection = connection;
        this.request = request;
    }

    int bytes() {
        return request.body().length;
    }

    /** Stores what it brought, and returns the answer that says so. */
    String take() {
        return take(executionId -> true);
    }

    String take(Predicate<String> valid) {
        return callee.take(request.text(), valid);
    }

    void answer(int status, String body) throws IOException {
        connection.getOutputStream().write(bytes(status, body));
    }

    /** One byte at a time. */
    void answer(int status, String body, Duration betweenBytes) throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        for (byte each : bytes(status, body)) {
            out.write(each);
            Thread.sleep(betweenBytes);
        }
    }

    private static byte[] bytes(int status, String body) {
        return ("HTTP/1.1 " + status + " -\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    void reset() {
        Sockets.reset(connection);
    }
}
