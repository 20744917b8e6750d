package common;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of and connections to 127.0.0.1. */
public final class Sockets {

    /**
     * Ports below the range that Linux gives to clients (32768 and above). A client could otherwise take the port
     * before its server listens, or while its server restarts.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;
    private static final int BACKLOG = 1024;
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(10);

    private Sockets() {}

    /** Returns a port on which nothing listens. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket free = listen(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // try another one
            }
        }
    }

    public static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    }

    public static Socket connect(int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) timeout.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Waits until a process listens on a port.
     *
     * @return false if the process ended or did not listen in time
     */
    public static boolean awaitListening(int port, Process process) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STARTUP_TIMEOUT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Socket listening = connect(port, STARTUP_TIMEOUT)) {
                return true;
            } catch (ConnectException notYet) {
                Thread.sleep(1);
            }
        }
        return false;
    }

    /** Closes a connection with a TCP reset, so the peer reads an error rather than an end of stream. */
    public static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // already closed
        }
        close(socket);
    }

    /** Closes a socket. Ignores errors, because there is nothing left to do about them. */
    public static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // see above
        }
    }
}
