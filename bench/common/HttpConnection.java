package common;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client's keep-alive connection to a service on 127.0.0.1, at the level of sockets: it tells when a request has been
 * written, repeats nothing by itself, and can send a request slowly, in part or without end.
 */
public final class HttpConnection implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader responses;
    private boolean isLastResponse;

    /** @throws java.net.ConnectException if nothing listens on the port */
    public HttpConnection(int port, int connectTimeoutMs, int readTimeoutMs) throws IOException {
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), connectTimeoutMs);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(readTimeoutMs);
            responses = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Returns the beginning of a request: the request line, common headers and the given text. */
    public static byte[] head(String rest) {
        return ascii("POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + rest);
    }

    /** Returns a request with an event. */
    public static byte[] request(byte[] event) {
        return join(head("Content-Length: " + event.length + "\r\n\r\n"), event);
    }

    /** Returns a request with an event in one chunk. */
    public static byte[] chunkedRequest(byte[] event) {
        byte[] head = head("Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(event.length) + "\r\n");
        return join(head, event, ascii("\r\n0\r\n\r\n"));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Posts an event. Fails unless the service stores it (204). */
    public void store(byte[] event) throws IOException {
        write(request(event));
        int status = receive();
        if (status != 204) {
            throw new IllegalStateException("the service responded " + status + " to an event; expected 204");
        }
    }

    /** Sends a request or a part of it. Returns once the operating system has taken the last byte. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether the next response has begun to arrive. */
    public boolean hasResponse() throws IOException {
        return responses.ready();
    }

    /** Waits for a response. Returns its status. */
    public int receive() throws IOException {
        int status = Integer.parseInt(readLine().split(" ")[1]);
        long bodyBytes = 0;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.startsWith("content-length:")) {
                bodyBytes = Long.parseLong(header.split(":")[1].strip());
            }
            isLastResponse |= header.equals("connection: close");
        }
        responses.skip(bodyBytes);
        return status;
    }

    private String readLine() throws IOException {
        String line = responses.readLine();
        if (line == null) {
            throw new EOFException("the service closed the connection");
        }
        return line.toLowerCase(Locale.ROOT);
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
