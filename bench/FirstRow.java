import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a cold start costs: from the start of the process to the first stored row, and the memory then and after 10,000
 * events. The native executable and the jar in turn, against a BigQuery on this machine that takes every row at once,
 * over plain http: the real one adds TLS, a token, and its distance.
 *
 * <p>{@code ./mvnw package && ./mvnw package -Dnative && java bench/FirstRow.java [ROUNDS]} (20 unless said otherwise).
 */
class FirstRow {

    private static final int EVENTS = 10_000;
    private static final int CONNECTIONS = 16;
    private static final int PORT = 18_080;
    private static final int PATIENCE_MS = 10_000;
    private static final Path NATIVE = Path.of("target/spinnaker-stats-runner");
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Path EVENT = Path.of("src/test/resources/contract/payloads/spinnaker-1.36/payload-050.json");

    private static final AtomicInteger ROWS = new AtomicInteger();

    record Run(double firstRowMs, double firstRowMib, double laterMib) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        for (Path needed : List.of(NATIVE, JAR, EVENT)) {
            if (!Files.exists(needed)) {
                throw new IllegalStateException(needed + " is missing: ./mvnw package && ./mvnw package -Dnative");
            }
        }
        System.setProperty("sun.net.httpserver.nodelay", "true"); // or every answer waits 40 ms for an ACK
        HttpServer bigQuery = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        bigQuery.setExecutor(threads);
        bigQuery.createContext("/", FirstRow::takeRows);
        bigQuery.start();
        try {
            List<Run> executable = new ArrayList<>();
            List<Run> jar = new ArrayList<>();
            String java = javaOfTheBuild();
            for (int round = 0; round < rounds; round++) {
                executable.add(run(bigQuery, NATIVE.toString()));
                jar.add(run(bigQuery, java, "-jar", JAR.toString()));
            }
            System.out.printf("%d rounds, min / median / max%n", rounds);
            print("start to first stored row, ms", executable, jar, Run::firstRowMs);
            print("memory then, MiB", executable, jar, Run::firstRowMib);
            print("memory after " + EVENTS + " events, MiB", executable, jar, Run::laterMib);
            System.out.printf(Locale.ROOT, "%-34s | %.1f MB%n", "size of the executable", Files.size(NATIVE) / 1e6);
        } finally {
            bigQuery.stop(0);
            threads.shutdownNow();
        }
    }

    /** The java on the PATH may be too old for the jar; the wrapper has found one that is not. */
    private static String javaOfTheBuild() throws IOException {
        Process wrapper = new ProcessBuilder("./mvnw", "--batch-mode", "-v").start();
        String said = new String(wrapper.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String home = said.lines()
                .filter(line -> line.contains("runtime: "))
                .map(line -> line.substring(line.indexOf("runtime: ") + "runtime: ".length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("./mvnw -v names no runtime: " + said));
        return Path.of(home.strip(), "bin", "java").toString();
    }

    private static void takeRows(HttpExchange call) throws IOException {
        try (InputStream body = call.getRequestBody()) {
            String rows = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            ROWS.addAndGet(rows.split("\"insertId\"", -1).length - 1);
        }
        byte[] answer = "{\"kind\":\"bigquery#tableDataInsertAllResponse\"}".getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(200, answer.length);
        call.getResponseBody().write(answer);
        call.close();
    }

    private static Run run(HttpServer bigQuery, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PORT", String.valueOf(PORT));
        builder.environment().put("STATS_WAREHOUSE_KIND", "bigquery");
        builder.environment().put("STATS_WAREHOUSE_BIGQUERY_PROJECT", "demo");
        builder.environment()
                .put(
                        "STATS_WAREHOUSE_BIGQUERY_HOST",
                        "http://127.0.0.1:" + bigQuery.getAddress().getPort());
        byte[] event = Files.readAllBytes(EVENT);
        ROWS.set(0);
        long started = System.nanoTime();
        Process process = builder.start();
        Thread end = new Thread(process::destroyForcibly); // should this be killed halfway
        Runtime.getRuntime().addShutdownHook(end);
        try {
            postAsSoonAsItListens(process, event);
            double firstRowMs = (System.nanoTime() - started) / 1e6;
            double firstRowMib = residentMib(process);
            postMany(event);
            if (ROWS.get() < EVENTS + 1) {
                throw new IllegalStateException("only " + ROWS + " rows were stored");
            }
            return new Run(firstRowMs, firstRowMib, residentMib(process));
        } finally {
            process.destroy();
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private static void postAsSoonAsItListens(Process process, byte[] event) throws IOException {
        String head = "POST /log HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + event.length + "\r\n\r\n";
        while (process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
                socket.setSoTimeout(PATIENCE_MS);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(event);
                String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                if (!answer.equals("HTTP/1.1 204")) {
                    throw new IllegalStateException("the first event was answered " + answer);
                }
                return;
            } catch (ConnectException notYet) {
                LockSupport.parkNanos(200_000);
            }
        }
        throw new IllegalStateException("the service ended: is port " + PORT + " free?");
    }

    private static void postMany(byte[] event) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/log"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMillis(PATIENCE_MS))
                .POST(BodyPublishers.ofByteArray(event))
                .build();
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                sent.add(senders.submit(() -> client.send(request, BodyHandlers.discarding())));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        } finally {
            senders.shutdownNow();
        }
    }

    private static double residentMib(Process process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String kib =
                    lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(kib.replaceAll("[^0-9]", "")) / 1024.0;
        }
    }

    private static void print(String figure, List<Run> executable, List<Run> jar, ToDoubleFunction<Run> of) {
        double[] ours = executable.stream().mapToDouble(of).sorted().toArray();
        double[] theirs = jar.stream().mapToDouble(of).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-34s | native %.0f / %.0f / %.0f | jar %.0f / %.0f / %.0f | native:jar %.2f%n",
                figure,
                ours[0],
                median(ours),
                ours[ours.length - 1],
                theirs[0],
                median(theirs),
                theirs[theirs.length - 1],
                median(ours) / median(theirs));
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
