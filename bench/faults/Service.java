import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The native executable as a process, always on the same port. */
final class Service implements AutoCloseable {

    static final Path EXECUTABLE = Path.of("target/spinnaker-stats-runner");

    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private final int port = Sockets.freePort();
    private final ProcessBuilder command = new ProcessBuilder(EXECUTABLE.toString());
    private final Thread end = new Thread(this::kill); // should this bench be killed halfway
    private volatile Process process;
    private double peakMib;

    Service(String bigQueryUrl, String topicUrl) {
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("PORT", String.valueOf(port));
        command.environment().put("STATS_WAREHOUSE_KIND", "bigquery");
        command.environment().put("STATS_WAREHOUSE_BIGQUERY_PROJECT", BigQueryStandIn.PROJECT);
        command.environment().put("STATS_WAREHOUSE_BIGQUERY_HOST", bigQueryUrl);
        command.environment().put("STATS_DEAD_LETTER_TOPIC", PubSubStandIn.TOPIC);
        command.environment().put("STATS_DEAD_LETTER_HOST", topicUrl);
        Runtime.getRuntime().addShutdownHook(end);
    }

    int port() {
        return port;
    }

    /** Returns when it listens. */
    void start() throws IOException, InterruptedException {
        process = command.start();
        long latest = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < latest) {
            try (Socket listens = Sockets.connect(port)) {
                return;
            } catch (ConnectException notYet) {
                Thread.sleep(1);
            }
        }
        throw new IllegalStateException("the service does not listen on port " + port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end (SIGTERM), and returns whether it did in time. */
    boolean terminate(Duration longest) throws InterruptedException {
        rememberPeak();
        process.destroy();
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it at once (SIGKILL). */
    void kill() {
        if (process == null) {
            return;
        }
        rememberPeak();
        process.destroyForcibly();
        process.onExit().join();
    }

    double residentMib() {
        return memoryMib("VmRSS:");
    }

    /** Most memory that it ever had, of all its processes. */
    double peakMib() {
        rememberPeak();
        return peakMib;
    }

    private void rememberPeak() {
        peakMib = Math.max(peakMib, memoryMib("VmHWM:"));
    }

    /** @return 0 when it has ended */
    private double memoryMib(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Kills it: what it acknowledged has to be safe by now. */
    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(end);
    }
}
