package faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import common.HttpConnection;
import common.Subprocess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One method of a Google API over plain HTTP, with a behaviour that can change at any time. */
final class FakeServer implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final int port = Subprocess.freePort();
    private final String path;
    private final EventLedger ledger;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Behaviour behaviour = Behaviour.HEALTHY;
    private ServerSocket listener;
    private Thread acceptor;

    final String url = "http://127.0.0.1:" + port;

    FakeServer(String path, EventLedger ledger) throws IOException {
        this.path = path;
        this.ledger = ledger;
        listen();
    }

    /** Sets the behaviour for all later calls. Calls in flight lose their connections only if connections are refused. */
    void setBehaviour(Behaviour next) throws Exception {
        behaviour = next;
        if (next == Behaviour.REFUSE) {
            stopListening();
        } else if (listener.isClosed()) {
            listen();
        }
    }

    private void listen() throws IOException {
        listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        acceptor = Thread.startVirtualThread(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket accepted = listener.accept();
                    threads.submit(() -> serve(accepted));
                } catch (IOException e) {
                    // closed
                }
            }
        });
    }

    private Void serve(Socket accepted) throws InterruptedException {
        try (HttpConnection connection = new HttpConnection(accepted)) {
            connections.add(connection);
            while (true) {
                HttpConnection.Message request = connection.receive();
                if (!request.firstLine().startsWith("POST " + path)) {
                    throw new IllegalArgumentException(request.firstLine());
                }
                Call call = Call.read(connection, request.body(), ledger);
                behaviour.handle(call);
            }
        } catch (JsonProcessingException | RuntimeException e) {
            System.err.println(path + " received an invalid request: " + e);
        } catch (IOException e) {
            // closed
        }
        return null;
    }

    private void stopListening() throws Exception {
        listener.close();
        acceptor.join(); // the port is in use until then
        connections.forEach(HttpConnection::close);
        connections.clear();
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        stopListening();
    }
}
