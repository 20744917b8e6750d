import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import common.CommandLine;
import common.HttpConnection;
import common.PayloadFiles;
import common.ProcessMemory;
import common.Sockets;
import common.StatsService;
import common.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Cost of a cold start: time from the start of the process to the first stored row, and resident memory at that point
 * and after 10,000 more events. Runs the native executable and the jar in turn. The fake BigQuery on this machine
 * stores every row at once over plain HTTP; the real one adds TLS, an access token and network latency.
 *
 * <p>{@code ./mvnw package && ./mvnw package -Dnative && java bench/FirstRow.java [ROUNDS]}, 20 rounds by default.
 */
class FirstRow {

    private static final int EVENTS = 10_000;
    private static final int CONNECTIONS = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_INTERVAL_NANOS = 200_000;
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private static final AtomicInteger STORED_ROWS = new AtomicInteger();

    record Run(double firstRowMs, double firstRowMib, double laterMib) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        CommandLine.requireFile(StatsService.EXECUTABLE, StatsService.BUILD_COMMAND);
        CommandLine.requireFile(JAR, "./mvnw package");
        System.setProperty("sun.net.httpserver.nodelay", "true"); // otherwise each response waits 40 ms for an ACK
        HttpServer bigQuery = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        bigQuery.setExecutor(threads);
        bigQuery.createContext("/", FirstRow::storeRows);
        bigQuery.start();
        try {
            List<Run> executableRuns = new ArrayList<>();
            List<Run> jarRuns = new ArrayList<>();
            String java = findBuildJava();
            for (int round = 0; round < rounds; round++) {
                executableRuns.add(run(bigQuery, StatsService.EXECUTABLE.toString()));
                jarRuns.add(run(bigQuery, java, "-jar", JAR.toString()));
            }
            System.out.printf("%d rounds, min / median / max%n", rounds);
            print("start to first stored row, ms", executableRuns, jarRuns, Run::firstRowMs);
            print("memory after the first row, MiB", executableRuns, jarRuns, Run::firstRowMib);
            print("memory after " + EVENTS + " more, MiB", executableRuns, jarRuns, Run::laterMib);
            System.out.printf(
                    Locale.ROOT,
                    "%-34s | %.1f MB%n",
                    "size of the executable",
                    Files.size(StatsService.EXECUTABLE) / 1e6);
        } finally {
            bigQuery.stop(0);
            threads.shutdownNow();
        }
    }

    /** Returns the java that Maven uses, because the one on the PATH may be too old for the jar. */
    private static String findBuildJava() throws IOException {
        Process maven = new ProcessBuilder("./mvnw", "--batch-mode", "-v").start();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String home = output.lines()
                .filter(line -> line.contains("runtime: "))
                .map(line -> line.substring(line.indexOf("runtime: ") + "runtime: ".length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("./mvnw -v printed no runtime: " + output));
        return Path.of(home.strip(), "bin", "java").toString();
    }

    private static void storeRows(HttpExchange call) throws IOException {
        try (InputStream body = call.getRequestBody()) {
            String rows = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            STORED_ROWS.addAndGet(rows.split("\"insertId\"", -1).length - 1);
        }
        byte[] response = "{\"kind\":\"bigquery#tableDataInsertAllResponse\"}".getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, response.length);
        call.getResponseBody().write(response);
        call.close();
    }

    private static Run run(HttpServer bigQuery, String... command) throws Exception {
        int port = Sockets.freePort();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        String bigQueryUrl = "http://127.0.0.1:" + bigQuery.getAddress().getPort();
        builder.environment().putAll(StatsService.environment(port, bigQueryUrl));
        byte[] event = Files.readAllBytes(PayloadFiles.TYPICAL);
        STORED_ROWS.set(0);
        long started = System.nanoTime();
        Process process = builder.start();
        Thread shutdownHook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        try {
            storeFirstRow(process, port, event);
            double firstRowMs = (System.nanoTime() - started) / 1e6;
            double firstRowMib = residentMib(process);
            postEvents(port, event);
            if (STORED_ROWS.get() < EVENTS + 1) {
                throw new IllegalStateException(STORED_ROWS + " rows were stored; expected " + (EVENTS + 1));
            }
            return new Run(firstRowMs, firstRowMib, residentMib(process));
        } finally {
            process.destroy();
            if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        }
    }

    private static void storeFirstRow(Process process, int port, byte[] event) throws IOException {
        while (process.isAlive()) {
            try (HttpConnection connection = new HttpConnection(port, TIMEOUT)) {
                connection.store(event);
                return;
            } catch (ConnectException notYetListening) {
                LockSupport.parkNanos(POLL_INTERVAL_NANOS);
            }
        }
        throw new IllegalStateException("the service ended before it listened on port " + port);
    }

    private static void postEvents(int port, byte[] event) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/log"))
                .header("Content-Type", "application/json")
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofByteArray(event))
                .build();
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<?>> responses = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                responses.add(clients.submit(() -> client.send(request, BodyHandlers.discarding())));
            }
            for (Future<?> response : responses) {
                response.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static double residentMib(Process process) {
        return ProcessMemory.residentMib(process.pid())
                .orElseThrow(() -> new IllegalStateException("the service ended"));
    }

    private static void print(String figure, List<Run> executableRuns, List<Run> jarRuns, Function<Run, Double> value) {
        Summary executable = Summary.of(executableRuns.stream().map(value).toList());
        Summary jar = Summary.of(jarRuns.stream().map(value).toList());
        System.out.printf(
                Locale.ROOT,
                "%-34s | native %.0f / %.0f / %.0f | jar %.0f / %.0f / %.0f | native:jar %.2f%n",
                figure,
                executable.min(),
                executable.median(),
                executable.max(),
                jar.min(),
                jar.median(),
                jar.max(),
                executable.median() / jar.median());
    }
}
