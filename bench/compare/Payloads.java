import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What real clients of every release sent. */
final class Payloads {

    private static final Path FOLDER = Path.of("src/test/resources/contract/payloads");
    private static final Path USUAL = FOLDER.resolve("spinnaker-1.36/payload-050.json");

    private final List<byte[]> all = new ArrayList<>();
    private final byte[] usual = Files.readAllBytes(USUAL);
    private final Path list = Work.FOLDER.resolve("payloads.txt");

    Payloads() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> paths = files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            for (Path path : paths) {
                all.add(Files.readAllBytes(path));
            }
            Files.write(list, paths.stream().map(Path::toString).toList());
        }
    }

    byte[] usual() {
        return usual;
    }

    int size() {
        return all.size();
    }

    /** A file that names all of them, one a line. */
    Path list() {
        return list;
    }

    /** Posts so many, beginning with each of them once. All have to be stored. */
    void post(int port, int count, int connections) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                done.add(clients.submit(() -> {
                    try (Connection connection = new Connection(port)) {
                        for (int next = first; next < count; next += connections) {
                            connection.post(all.get(next % all.size()));
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
