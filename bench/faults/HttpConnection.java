package faults;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client's keep-alive connection to the service, at the level of sockets: it tells when a request has been written,
 * repeats nothing by itself, and can send a request slowly, in part or without end. The JDK's client does none of this.
 */
final class HttpConnection implements AutoCloseable {

    final long openedAt = System.nanoTime();
    private final Socket socket = new Socket();
    private final BufferedReader responses;

    /** @throws java.net.ConnectException if nothing listens on the port */
    HttpConnection(int port, int connectTimeoutMs, int readTimeoutMs) throws IOException {
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
    static byte[] head(String rest) {
        return ascii("POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + rest);
    }

    /** Returns a request. */
    static byte[] request(String headers, byte[] body, String end) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head(headers + "\r\n"));
        request.writeBytes(body);
        request.writeBytes(ascii(end));
        return request.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends a request or a part of it. Returns once the operating system has taken the last byte. */
    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether the next response has begun to arrive. */
    boolean hasResponse() throws IOException {
        return responses.ready();
    }

    /** Waits for a response. Returns its status. Closes the connection if the response says so. */
    int receive() throws IOException {
        String statusLine = readLine();
        int bodyBytes = 0;
        boolean isLast = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                bodyBytes = Integer.parseInt(header.substring(15).strip());
            }
            isLast |= header.equalsIgnoreCase("connection: close");
        }
        responses.skip(bodyBytes);
        if (isLast) {
            close();
        }
        return Integer.parseInt(statusLine.split(" ")[1]);
    }

    private String readLine() throws IOException {
        String line = responses.readLine();
        if (line == null) {
            throw new EOFException("the service closed the connection");
        }
        return line;
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    /** Closes the connection with a TCP reset. */
    void reset() {
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
