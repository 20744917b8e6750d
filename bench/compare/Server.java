import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A contender as a process, on a port of its own. */
final class Server implements AutoCloseable {

    private static final double MS_PER_TICK = 10; // of /proc: Linux has 100 a second for everyone
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private final int port = Sockets.freePort();
    private final Child process;
    private final double firstRowMs;

    /** Returns when it has stored its first row. */
    Server(Contender contender, Warehouse warehouse, StandIns standIns, byte[] firstEvent) throws IOException {
        ProcessBuilder command = new ProcessBuilder(contender.command());
        command.environment().putAll(environment(warehouse, standIns));
        long started = System.nanoTime();
        process = new Child(contender.name(), command);
        try {
            postAsSoonAsItListens(firstEvent, started + LONGEST_START.toNanos());
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
        firstRowMs = (System.nanoTime() - started) / 1e6;
    }

    /** Each contender takes of it what it knows. */
    private Map<String, String> environment(Warehouse warehouse, StandIns standIns) {
        String certificate = standIns.certificate().pem().toString();
        Map<String, String> all = new HashMap<>();
        all.put("PORT", String.valueOf(port));
        all.put("GCE_METADATA_HOST", standIns.nginx().metadataHost());
        all.put("STATS_WAREHOUSE_KIND", "bigquery");
        all.put("STATS_WAREHOUSE_BIGQUERY_PROJECT", "demo");
        all.put("STATS_WAREHOUSE_BIGQUERY_HOST", warehouse.url());
        all.put("BIGQUERY_PROJECT", "demo");
        all.put("BIGQUERY_HOST", warehouse.url());
        all.put("SSL_CERT_FILE", certificate);
        all.put("NODE_EXTRA_CA_CERTS", certificate);
        all.put("NODE_ENV", "production");
        return all;
    }

    private void postAsSoonAsItListens(byte[] event, long latest) throws IOException {
        while (process.isAlive() && System.nanoTime() < latest) {
            try (Connection connection = new Connection(port)) {
                connection.post(event);
                return;
            } catch (ConnectException notYet) {
                LockSupport.parkNanos(200_000);
            }
        }
        throw process.failure("does not listen");
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first stored row. */
    double firstRowMs() {
        return firstRowMs;
    }

    /** CPU that it has used, the user's and the system's, in steps of 10 ms. */
    double cpuMs() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // its name may have spaces
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MS_PER_TICK;
    }

    /** The same, finer, but of the threads that live: in nanoseconds, each by its id. */
    Map<Path, Long> cpuNanosOfThreads() throws IOException {
        Map<Path, Long> nanos = new HashMap<>();
        try (Stream<Path> threads = Files.list(proc("task"))) {
            for (Path thread : threads.toList()) {
                String schedstat = Files.readString(thread.resolve("schedstat"));
                nanos.put(thread.getFileName(), Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))));
            }
        }
        return nanos;
    }

    double residentMib() throws IOException {
        try (Stream<String> lines = Files.lines(proc("status"))) {
            String kib =
                    lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(kib.replaceAll("[^0-9]", "")) / 1024.0;
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", String.valueOf(process.pid()), file);
    }

    @Override
    public void close() {
        process.close();
    }
}
