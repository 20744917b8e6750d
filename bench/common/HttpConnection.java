package common;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A keep-alive connection on 127.0.0.1, of a client or of a server, at the level of sockets: it tells when a request has
 * been written, repeats nothing by itself, and can send a message slowly, in part or without end.
 */
public final class HttpConnection implements AutoCloseable {

    /** A request or a response. */
    public record Message(String firstLine, byte[] body) {

        public int status() {
            return Integer.parseInt(firstLine.split(" ")[1]);
        }
    }

    private final Socket socket;
    private final InputStream in;

    /** Wraps a connection that a server accepted. */
    public HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects to the service.
     *
     * @throws java.net.ConnectException if nothing listens on the port
     */
    public static HttpConnection connect(int port, int connectTimeoutMs, int readTimeoutMs) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), connectTimeoutMs);
            socket.setSoTimeout(readTimeoutMs);
            return new HttpConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Returns the beginning of a request: the request line, common headers and the given text. */
    public static byte[] head(String rest) {
        return ascii("POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + rest);
    }

    /** Returns a request with a body, which follows the given headers. */
    public static byte[] request(String headers, byte[] body, String end) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head(headers + "\r\n"));
        request.writeBytes(body);
        request.writeBytes(ascii(end));
        return request.toByteArray();
    }

    /** Returns a request with a body of known length. */
    public static byte[] request(byte[] body) {
        return request("Content-Length: " + body.length + "\r\n", body, "");
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Posts an event. Fails unless the service stores it (204). */
    public void store(byte[] event) throws IOException {
        write(request(event));
        int status = receive().status();
        if (status != 204) {
            throw new IllegalStateException("the service responded " + status + " to an event; expected 204");
        }
    }

    /** Sends a message or a part of it. Returns once the operating system has taken the last byte. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Returns whether the next message has begun to arrive. */
    public boolean hasMessage() throws IOException {
        return in.available() > 0;
    }

    /** Waits for a message. Closes the connection if the message says so. */
    public Message receive() throws IOException {
        String firstLine = readLine();
        int bodyBytes = 0;
        boolean isLast = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            String[] nameAndValue = header.toLowerCase(Locale.ROOT).split(":\\s*", 2);
            if (nameAndValue[0].equals("content-length")) {
                bodyBytes = Integer.parseInt(nameAndValue[1]);
            }
            isLast |= nameAndValue[0].equals("connection") && nameAndValue[1].equals("close");
        }
        Message message = new Message(firstLine, in.readNBytes(bodyBytes));
        if (isLast) {
            close();
        }
        return message;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next == -1) {
                throw new EOFException("the connection was closed");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    public boolean isClosed() {
        return socket.isClosed();
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
