import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection such as Spinnaker's: kept alive, one request at a time, the patience of the oldest clients. */
final class Connection implements AutoCloseable {

    static final int PATIENCE_MS = 5_000;

    private static final int CONNECT_PATIENCE_MS = 3_000;

    private final int port;
    private final Tally tally;
    private Socket socket;
    private InputStream answers;

    Connection(int port, Tally tally) {
        this.port = port;
        this.tally = tally;
    }

    /**
     * Posts an event and tallies what came of it. A connection that failed is opened again by the next post.
     *
     * @return whether there was an answer
     */
    boolean post(Events.Event event) {
        long beganAt = System.nanoTime();
        long writtenAt = Tally.NEVER;
        int status = Tally.UNANSWERED;
        try {
            open();
            socket.getOutputStream().write(request(event.body()));
            writtenAt = System.nanoTime();
            Message answer = Message.read(answers);
            if (answer == null) {
                throw new EOFException();
            }
            status = answer.status();
            if (answer.closes()) {
                close();
            }
        } catch (IOException e) {
            close();
        }
        tally.post(event.executionId(), new Tally.Post(beganAt, writtenAt, System.nanoTime(), status));
        return status != Tally.UNANSWERED;
    }

    private void open() throws IOException {
        if (socket != null) {
            return;
        }
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_PATIENCE_MS);
        answers = new BufferedInputStream(socket.getInputStream());
    }

    private static byte[] request(byte[] body) {
        byte[] head = ("POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    @Override
    public void close() {
        Sockets.close(socket);
        socket = null;
    }
}
