package faults;

import common.Sockets;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Connections that never send anything. */
final class IdleConnections implements HostileClients {

    private static final int WANTED = 10_000;

    /** Open files that this process and the service need for other things. Both have the same limit. */
    private static final int RESERVED_FILES = 1_000;

    private final int port;
    private final List<Socket> connections = new ArrayList<>();

    IdleConnections(int port) {
        this.port = port;
    }

    @Override
    public void start() throws IOException {
        long count = Math.min(WANTED, maxOpenFiles() - RESERVED_FILES);
        while (connections.size() < count) {
            connections.add(Sockets.connect(port, SpinnakerClient.TIMEOUT));
        }
    }

    /** Returns the hard limit, because Java raises its soft limit to the hard limit and child processes inherit it. */
    private static long maxOpenFiles() throws IOException {
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
                + (connections.size() < WANTED ? " (limited by the number of open files, see ulimit -n)" : "");
    }

    @Override
    public void close() {
        connections.forEach(Sockets::reset);
    }
}
