package compare;

import common.HttpConnection;
import common.ProcessMemory;
import common.Sockets;
import common.StatsService;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A running implementation. */
final class ImplementationProcess implements AutoCloseable {

    private static final double MS_PER_TICK = 10; // unit of /proc/PID/stat: USER_HZ is 100 on Linux
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_INTERVAL_NANOS = 200_000;

    private final int port = Sockets.freePort();
    private final Subprocess process;
    private final double firstRowMs;

    /** Returns once the process has stored its first row. */
    ImplementationProcess(
            Implementation implementation, BigQueryEndpoint bigQuery, FakeServers fakeServers, byte[] event)
            throws IOException {
        ProcessBuilder command = new ProcessBuilder(implementation.command());
        command.environment().putAll(environment(bigQuery, fakeServers));
        long started = System.nanoTime();
        process = new Subprocess(implementation.name(), command);
        try {
            storeFirstRow(event, started + STARTUP_TIMEOUT.toNanos());
        } catch (IOException | RuntimeException e) {
            process.close();
            throw e;
        }
        firstRowMs = (System.nanoTime() - started) / 1e6;
    }

    /** Returns the settings of all implementations; each reads those that it knows. */
    private Map<String, String> environment(BigQueryEndpoint bigQuery, FakeServers fakeServers) {
        String certificate = fakeServers.certificate().pem().toString();
        Map<String, String> all = new HashMap<>(StatsService.environment(port, bigQuery.url()));
        all.put("GCE_METADATA_HOST", fakeServers.nginx().metadataHost());
        all.put("BIGQUERY_PROJECT", StatsService.PROJECT);
        all.put("BIGQUERY_HOST", bigQuery.url());
        all.put("SSL_CERT_FILE", certificate);
        all.put("NODE_EXTRA_CA_CERTS", certificate);
        all.put("NODE_ENV", "production");
        return all;
    }

    private void storeFirstRow(byte[] event, long deadline) throws IOException {
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (HttpConnection connection = new HttpConnection(port, Payloads.TIMEOUT)) {
                connection.store(event);
                return;
            } catch (ConnectException notYetListening) {
                LockSupport.parkNanos(POLL_INTERVAL_NANOS);
            }
        }
        throw process.failure("does not listen");
    }

    int port() {
        return port;
    }

    /** Returns the time from the start of the process to its first stored row. */
    double firstRowMs() {
        return firstRowMs;
    }

    /** Returns the user and system time that the process has used, in steps of 10 ms. */
    double cpuMs() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // the command's name may have spaces
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MS_PER_TICK;
    }

    /** Returns the CPU time of each live thread: more precise than {@link #cpuMs}, but without threads that ended. */
    Map<Path, Long> cpuNanosByThread() throws IOException {
        Map<Path, Long> nanos = new HashMap<>();
        try (Stream<Path> threads = Files.list(proc("task"))) {
            for (Path thread : threads.toList()) {
                String schedstat = Files.readString(thread.resolve("schedstat"));
                nanos.put(thread.getFileName(), Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))));
            }
        }
        return nanos;
    }

    double residentMib() {
        return ProcessMemory.residentMib(process.pid()).orElseThrow(() -> process.failure("ended"));
    }

    private Path proc(String file) {
        return Path.of("/proc", String.valueOf(process.pid()), file);
    }

    @Override
    public void close() {
        process.close();
    }
}
