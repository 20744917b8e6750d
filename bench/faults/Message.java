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
 * An HTTP/1.1 message, as far as the service and Google's clients use it.
 *
 * @param startLine of a request or of an answer
 * @param headers by names in lower case
 * @param body uncompressed; empty when there is none
 */
record Message(String startLine, Map<String, String> headers, byte[] body) {

    /** @return null when the connection has ended */
    static Message read(InputStream in) throws IOException {
        String startLine = line(in);
        if (startLine == null) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = some(line(in)); !line.isEmpty(); line = some(line(in))) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = body(in, headers);
        if ("gzip".equalsIgnoreCase(headers.get("content-encoding"))) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new Message(startLine, headers, body);
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks(in);
        }
        return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")), in);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(exactly(size, in));
            some(line(in));
        }
        while (!some(line(in)).isEmpty()) {
            // a trailer, of which nobody asks
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(some(line(in)).split(";")[0].strip(), 16);
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String some(String line) throws EOFException {
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    /** @return null at the end */
    private static String line(InputStream in) throws IOException {
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

    /** Of an answer. */
    int status() {
        return Integer.parseInt(startLine.split(" ")[1]);
    }

    /** Of a request: its method and path. */
    boolean asks(String method, String path) {
        return startLine.startsWith(method + " " + path + " ") || startLine.startsWith(method + " " + path + "?");
    }

    /** Whether its sender is going to close the connection. */
    boolean closes() {
        return "close".equalsIgnoreCase(headers.get("connection"));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
