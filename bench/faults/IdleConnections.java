import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Connections on which nothing is ever said. */
final class IdleConnections implements Nuisance {

    private static final int WANTED = 10_000;

    /** Files that this process and the service, which has the same limit, need besides. */
    private static final int OTHER_FILES = 1_000;

    private final int port;
    private final List<Socket> connections = new ArrayList<>();

    IdleConnections(int port) {
        this.port = port;
    }

    @Override
    public void begin() throws IOException {
        long count = Math.min(WANTED, mostOpenFiles() - OTHER_FILES);
        while (connections.size() < count) {
            connections.add(Sockets.connect(port));
        }
    }

    /** The hard limit: Java raises its own to that, and the processes that it starts inherit it. */
    private static long mostOpenFiles() throws IOException {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            return limits.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s{2,}")[2])
                    .mapToLong(limit -> limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public String describe() {
        return connections.size() + " idle connections"
                + (connections.size() < WANTED ? ", for more files may not be open here (ulimit -n)" : "");
    }

    @Override
    public void close() {
        connections.forEach(Sockets::reset);
    }
}
