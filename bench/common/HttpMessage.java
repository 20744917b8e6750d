package common;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * An HTTP/1.1 request or response. Supports what the service and Google's clients use: Content-Length, chunks and gzip.
 *
 * @param startLine request line or status line
 * @param headers by name in lower case
 * @param body decompressed; empty if the message has none
 */
public record HttpMessage(String startLine, Map<String, String> headers, byte[] body) {

    /** Reads a message. Returns null if the connection has ended. */
    public static HttpMessage read(InputStream in) throws IOException {
        String startLine = readLineOrNull(in);
        if (startLine == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = readBody(in, headers);
        if ("gzip".equalsIgnoreCase(headers.get("content-encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new HttpMessage(startLine, headers, body);
    }

    private static byte[] readBody(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return readChunks(in);
        }
        return readBytes(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = readChunkSize(in); size > 0; size = readChunkSize(in)) {
            body.write(readBytes(in, size));
            readLine(in);
        }
        while (!readLine(in).isEmpty()) {
            // ignore trailers
        }
        return body.toByteArray();
    }

    private static int readChunkSize(InputStream in) throws IOException {
        return Integer.parseInt(readLine(in).split(";")[0].strip(), 16);
    }

    private static byte[] readBytes(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String readLine(InputStream in) throws IOException {
        String line = readLineOrNull(in);
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    /** Returns null at the end of the stream. */
    private static String readLineOrNull(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != -1; next = in.read()) {
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    /** Returns the status of a response. */
    public int status() {
        return Integer.parseInt(startLine.split(" ")[1]);
    }

    /** Returns whether a request has this method and path. Ignores the query. */
    public boolean isRequestTo(String method, String path) {
        return startLine.startsWith(method + " " + path + " ") || startLine.startsWith(method + " " + path + "?");
    }

    /** Returns whether the sender is going to close the connection. */
    public boolean closesConnection() {
        return "close".equalsIgnoreCase(headers.get("connection"));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
