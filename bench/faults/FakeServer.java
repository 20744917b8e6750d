package faults;

import common.HttpMessage;
import common.Sockets;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * One method of a Google API over HTTP/1.1, with a behaviour that can change at any time. It uses plain sockets,
 * because an HTTP server library cannot reset a connection or respond byte by byte.
 */
abstract class FakeServer implements AutoCloseable {

    private final String path;
    private final int port = Sockets.freePort();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile Behaviour behaviour = Behaviour.HEALTHY;

    FakeServer(String path) throws IOException {
        this.path = path;
        open();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Sets the behaviour for all later calls. */
    final void setBehaviour(Behaviour next) throws IOException {
        behaviour = next;
        if (!next.listens()) {
            closeSockets();
        } else if (listener.isClosed()) {
            open();
        }
    }

    /**
     * Stores the content of a call like a healthy server.
     *
     * @param isValid tests by execution id whether a row is valid
     * @return the response body
     */
    abstract String store(String body, Predicate<String> isValid);

    private void open() throws IOException {
        ServerSocket opened = Sockets.listen(port);
        listener = opened;
        threads.submit(() -> accept(opened));
    }

    private void closeSockets() throws IOException {
        listener.close();
        connections.forEach(Sockets::close);
    }

    private Void accept(ServerSocket from) throws IOException {
        while (true) { // until the listener is closed
            Socket connection = from.accept();
            connection.setTcpNoDelay(true);
            connections.add(connection);
            threads.submit(() -> serve(connection));
        }
    }

    private Void serve(Socket connection) throws Exception {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (HttpMessage request = HttpMessage.read(in); request != null; request = HttpMessage.read(in)) {
                serve(request, new IncomingCall(this, connection, request));
            }
            return null;
        } finally {
            connections.remove(connection);
        }
    }

    private void serve(HttpMessage request, IncomingCall call) throws IOException, InterruptedException {
        if (!request.isRequestTo("POST", path)) {
            call.respond(404, Behaviour.errorBody(404, "notFound"));
            return;
        }
        try {
            behaviour.handle(call);
        } catch (RuntimeException e) { // Google's APIs respond 400 to a request that they cannot parse
            System.err.println(path + " received an invalid request: " + e);
            call.respond(400, Behaviour.errorBody(400, "invalid"));
        }
    }

    @Override
    public final void close() {
        threads.shutdownNow();
        try {
            closeSockets();
        } catch (IOException e) {
            // the server is no longer needed
        }
    }
}
