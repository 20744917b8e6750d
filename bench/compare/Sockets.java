import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of 127.0.0.1. */
final class Sockets {

    /** Below the ports that Linux gives to clients: one of those could take it before who is to listen there does. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 32_000;
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private Sockets() {}

    /** A port on which nothing listens. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // then another
            }
        }
    }

    /** Returns when it listens. */
    static void await(int port, Child listener) throws IOException, InterruptedException {
        long latest = System.nanoTime() + LONGEST_START.toNanos();
        while (listener.isAlive() && System.nanoTime() < latest) {
            try (Socket listens = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException notYet) {
                Thread.sleep(1);
            }
        }
        throw listener.failure("does not listen");
    }
}
