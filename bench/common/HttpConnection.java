package common;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client's keep-alive connection to a service on 127.0.0.1. It carries one request at a time. */
public final class HttpConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream responses;

    /** @throws java.net.ConnectException if nothing listens on the port */
    public HttpConnection(int port, Duration connectTimeout, Duration readTimeout) throws IOException {
        socket = Sockets.connect(port, connectTimeout);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) readTimeout.toMillis());
        responses = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects with one timeout for connecting and for reading. */
    public HttpConnection(int port, Duration timeout) throws IOException {
        this(port, timeout, timeout);
    }

    /** Posts an event and waits for the response. Fails unless the event was stored (204). */
    public void store(byte[] event) throws IOException {
        send(event);
        int status = receive().status();
        if (status != 204) {
            throw new IllegalStateException("the service responded " + status + " to an event; expected 204");
        }
    }

    /** Sends an event. Returns once the operating system has taken its last byte. */
    public void send(byte[] event) throws IOException {
        byte[] head = ("POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                        + event.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + event.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(event, 0, request, head.length, event.length);
        socket.getOutputStream().write(request);
    }

    /** Waits for a response. */
    public HttpMessage receive() throws IOException {
        HttpMessage response = HttpMessage.read(responses);
        if (response == null) {
            throw new EOFException("the service closed the connection");
        }
        return response;
    }

    @Override
    public void close() {
        Sockets.close(socket);
    }
}
