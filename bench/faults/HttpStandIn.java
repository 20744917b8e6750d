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
 * One method of one of Google's services over HTTP/1.1, which behaves as it is told. Made of plain sockets, for a
 * proper server would not reset, drip or fall silent.
 */
abstract class HttpStandIn implements AutoCloseable {

    private final String path;
    private final int port = Sockets.freePort();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private volatile Behaviour behaviour = Behaviour.HEALTHY;

    HttpStandIn(String path) throws IOException {
        this.path = path;
        open();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Of each call from now on. */
    final void behave(Behaviour next) throws IOException {
        behaviour = next;
        if (!next.listens()) {
            shut();
        } else if (listener.isClosed()) {
            open();
        }
    }

    /**
     * Does what the real one does when all is well.
     *
     * @param valid says of an execution id whether its row is acceptable
     * @return its answer
     */
    abstract String take(String body, Predicate<String> valid);

    private void open() throws IOException {
        ServerSocket opened = Sockets.listen(port);
        listener = opened;
        threads.submit(() -> accept(opened));
    }

    private void shut() throws IOException {
        listener.close();
        connections.forEach(Sockets::close);
    }

    private Void accept(ServerSocket from) throws IOException {
        while (true) { // until it is closed
            Socket connection = from.accept();
            connection.setTcpNoDelay(true);
            connections.add(connection);
            threads.submit(() -> serve(connection));
        }
    }

    private Void serve(Socket connection) throws Exception {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (Message request = Message.read(in); request != null; request = Message.read(in)) {
                serve(request, new Call(this, connection, request));
            }
            return null;
        } finally {
            connections.remove(connection);
        }
    }

    private void serve(Message request, Call call) throws IOException, InterruptedException {
        if (!request.asks("POST", path)) {
            call.answer(404, Behaviour.problem(404, "notFound"));
            return;
        }
        try {
            behaviour.treat(call);
        } catch (RuntimeException e) { // as the real one answers what it cannot read
            System.err.println(path + " was sent what it cannot read: " + e);
            call.answer(400, Behaviour.problem(400, "invalid"));
        }
    }

    @Override
    public final void close() {
        threads.shutdownNow();
        try {
            shut();
        } catch (IOException e) {
            // it is of no more use either way
        }
    }
}
