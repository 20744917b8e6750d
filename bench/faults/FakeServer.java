package faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** One method of a Google API over plain HTTP, with a behaviour that can change at any time. */
final class FakeServer implements AutoCloseable {

    private static final int BACKLOG = 1024;

    final String url;

    private final String path;
    private final EventLedger ledger;
    private final InetSocketAddress address = new InetSocketAddress("127.0.0.1", freePort());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Behaviour behaviour = Behaviour.REFUSE;
    private AutoCloseable listener = () -> {}; // a server, as the behaviour needs it

    FakeServer(String path, EventLedger ledger) throws Exception {
        this.url = "http://127.0.0.1:" + address.getPort();
        this.path = path;
        this.ledger = ledger;
        setBehaviour(Behaviour.HEALTHY);
    }

    /** Sets the behaviour for all later calls. Calls in flight lose their connections if the transport changes. */
    void setBehaviour(Behaviour next) throws Exception {
        Behaviour.Transport before = behaviour.transport();
        behaviour = next;
        if (next.transport() != before) {
            listener.close();
            listener = switch (next.transport()) {
                case HTTP -> listenForHttp();
                case RESET -> resetConnections();
                case REFUSE -> () -> {};
            };
        }
    }

    private AutoCloseable listenForHttp() throws IOException {
        HttpServer http = HttpServer.create(address, BACKLOG, path, this::handle);
        http.setExecutor(threads);
        http.start();
        return () -> http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) { // closes the connection unless there is a response
            behaviour.handle(Call.read(exchange, ledger));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (JsonProcessingException | RuntimeException e) {
            System.err.println(path + " received an invalid request: " + e);
        }
    }

    private AutoCloseable resetConnections() throws IOException {
        ServerSocket socket = new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
        Thread thread = Thread.startVirtualThread(() -> {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    connection.setSoLinger(true, 0); // closing resets
                } catch (IOException e) {
                    // closed
                }
            }
        });
        return () -> {
            socket.close();
            thread.join(); // the port is in use until then
        };
    }

    /**
     * Returns a port on which nothing listens, below the range that Linux gives to clients (32768 and above). A client
     * could otherwise take the port before its server listens, or while its server restarts.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // try another one
            }
        }
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        listener.close();
    }
}
