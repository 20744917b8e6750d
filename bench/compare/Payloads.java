package compare;

import common.HttpConnection;
import common.PayloadFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The events to post. */
final class Payloads {

    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final List<byte[]> all = new ArrayList<>();
    private final byte[] typical = Files.readAllBytes(PayloadFiles.TYPICAL);
    private final Path listFile = WorkDir.PATH.resolve("payloads.txt");

    Payloads() throws IOException {
        List<Path> files = PayloadFiles.all();
        for (Path file : files) {
            all.add(Files.readAllBytes(file));
        }
        Files.write(listFile, files.stream().map(Path::toString).toList());
    }

    byte[] typical() {
        return typical;
    }

    int size() {
        return all.size();
    }

    /** Returns a file with the path of one payload per line. */
    Path listFile() {
        return listFile;
    }

    /** Posts events, each payload in turn. Fails unless all are stored. */
    void post(int port, int count, int connections) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                done.add(clients.submit(() -> {
                    try (HttpConnection connection = new HttpConnection(port, TIMEOUT)) {
                        for (int next = first; next < count; next += connections) {
                            connection.store(all.get(next % all.size()));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }
}
