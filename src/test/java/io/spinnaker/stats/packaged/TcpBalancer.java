package io.spinnaker.stats.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Forwards connections to a port, which can change: connections that are open stay where they are. */
final class TcpBalancer implements AutoCloseable {

    private final ServerSocket listener;
    private volatile int backend;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TcpBalancer(int backend) throws IOException {
        this.backend = backend;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Sends new connections to another port. */
    void switchTo(int otherBackend) {
        backend = otherBackend;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = remember(listener.accept());
                Socket server = remember(new Socket(InetAddress.getLoopbackAddress(), backend));
                threads.execute(() -> forward(client, server));
                threads.execute(() -> forward(server, client));
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Socket remember(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    private static void forward(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // the other direction has closed both
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdown();
    }
}
