package io.spinnaker.stats.packaged;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection on which a test sends the bytes that it likes, valid HTTP or not. */
final class RawConnection implements AutoCloseable {

    private static final int TIMEOUT_MS = 30_000;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** Reads the head of one response. */
    String readHead() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(END_OF_HEAD) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("the connection was closed after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** Reads everything until the service closes the connection; a reset after the last byte ends it, too. */
    String readToEnd() throws SocketTimeoutException {
        StringBuilder text = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return text.toString();
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
