import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** What everything here that opens a socket needs. */
final class Sockets {

    /** Below the ports that Linux gives to clients: one of those could take it while the server that had it is down. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;

    private Sockets() {}

    /** A port of 127.0.0.1 on which nothing listens. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket free = listen(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // then another
            }
        }
    }

    static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
    }

    static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Connection.PATIENCE_MS);
        return socket;
    }

    /** Ends it with a reset, which leaves nothing behind: the other side reads no proper end. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed
        }
        close(socket);
    }

    /** @param socket null when there is none */
    static void close(Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // there is nothing left to do about it
        }
    }
}
