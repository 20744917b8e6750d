package common;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client's keep-alive connection to a service on 127.0.0.1, at the level of sockets: it tells when a request has been
 * written, repeats nothing by itself, and can send a request slowly, in part or without end.
 */
public final class HttpConnection implements AutoCloseable {

    /** Beginning of a request that is to be sent by {@link #write}. */
    public static final String HEAD = "POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

    private final Socket socket = new Socket();
    private final InputStream responses;
    private boolean isLastResponse;

    /** @throws java.net.ConnectException if nothing listens on the port */
    public HttpConnection(int port, int connectTimeoutMs, int readTimeoutMs) throws IOException {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), connectTimeoutMs);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(readTimeoutMs);
            responses = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Posts an event. Fails unless the service stores it (204). */
    public void store(byte[] event) throws IOException {
        send(event);
        int status = receive();
        if (status != 204) {
            throw new IllegalStateException("the service responded " + status + " to an event; expected 204");
        }
    }

    /** Sends an event. Returns once the operating system has taken its last byte. */
    public void send(byte[] event) throws IOException {
        byte[] head = ascii(HEAD + "Content-Length: " + event.length + "\r\n\r\n");
        byte[] request = new byte[head.length + event.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(event, 0, request, head.length, event.length);
        write(request);
    }

    /** Sends a part of a request. */
    public void write(byte[] part) throws IOException {
        socket.getOutputStream().write(part);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether the next response has begun to arrive. */
    public boolean hasResponse() throws IOException {
        return responses.available() > 0;
    }

    /** Waits for a response. Returns its status. */
    public int receive() throws IOException {
        int status = Integer.parseInt(readLine().split(" ")[1]);
        int bodyBytes = 0;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.startsWith("content-length:")) {
                bodyBytes = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
            isLastResponse |= header.equals("connection: close");
        }
        responses.skipNBytes(bodyBytes);
        return status;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = responses.read(); next != '\n'; next = responses.read()) {
            if (next == -1) {
                throw new EOFException("the service closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the service closes the connection after the response that was received last. */
    public boolean isLastResponse() {
        return isLastResponse;
    }

    /** Closes the connection with a TCP reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // already closed
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to close
        }
    }
}
