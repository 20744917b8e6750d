package compare;

import common.HttpConnection;
import common.Service;
import common.Subprocess;
import compare.Implementation.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The benchmarks, and what each measures of a server in one round. */
final class Benchmarks {

    static final int SETTLING_MS = 100; // work that follows the response counts, too

    private static final int CONNECTIONS = 16;
    private static final int IDLE_MS = 500;

    /** Measures a server. Returns one value per figure. */
    @FunctionalInterface
    interface Measurement {
        double[] of(Server server) throws Exception;
    }

    /**
     * A benchmark.
     *
     * @param name name of its results
     * @param bigQuery name of the fake BigQuery
     * @param pauseMs pause before each measurement, during which the servers of all implementations run; 0 to measure
     *     each on a new server, one after another
     */
    record Benchmark(
            String name, String bigQuery, int rounds, int pauseMs, Measurement measurement, String... figures) {

        /** Returns the name by which it is chosen. */
        String kind() {
            return name.split(",")[0];
        }
    }

    private final boolean isShort;
    private final List<byte[]> payloads = new ArrayList<>();

    Benchmarks(boolean isShort) throws Exception {
        this.isShort = isShort;
        for (Path file : Service.payloads()) {
            payloads.add(Files.readAllBytes(file));
        }
    }

    /** Returns all benchmarks. */
    List<Benchmark> all(List<String> bigQueries, List<String> connections) {
        List<Benchmark> all = new ArrayList<>();
        all.add(new Benchmark("rows", "counting", 1, 0, this::rows, "rows of " + payloads.size() + " payloads"));
        for (String bigQuery : bigQueries) {
            for (String count : connections) {
                String name = "load, BigQuery " + bigQuery + ", connections: " + count;
                Measurement load = server -> load(server, Integer.parseInt(count));
                String[] figures = {"requests/s", "p50 ms", "p99 ms", "CPU ms per request"};
                all.add(new Benchmark(name, bigQuery, amount(3, 1), 0, load, figures));
            }
        }
        String[] sparse = {"CPU ms per request", "latency ms", "new connections to BigQuery per request"};
        all.add(new Benchmark("sparse", "counting-tls", amount(10, 3), amount(7_000, 1_000), this::sparse, sparse));
        Measurement start =
                server -> new double[] {server.firstRowMs(), server.process().residentMib()};
        all.add(new Benchmark("start", "instant", amount(20, 2), 0, start, "ms to the first stored row", "MiB then"));
        String[] memory = {"MiB idle", after(amount(10_000, 500)), after(amount(200_000, 1_500))};
        all.add(new Benchmark("memory", "instant", amount(3, 1), 0, this::memory, memory));
        Measurement size = server -> new double[] {server.implementation().megabytes()};
        all.add(new Benchmark("size", "instant", 1, 0, size, "MB"));
        return all;
    }

    private static String after(int requests) {
        return "MiB after %,d requests".formatted(requests);
    }

    /** Returns how much to measure: more in a full run than with {@code --short}. */
    private int amount(int full, int shortened) {
        return isShort ? shortened : full;
    }

    /** Checks that all implementations do the same work: each stores each payload as one row. */
    private double[] rows(Server server) throws Exception {
        long before = server.bigQuery().rows();
        post(server, payloads.size());
        long rows = server.bigQuery().rows() - before;
        if (rows != payloads.size()) {
            throw new IllegalStateException(server.implementation().name() + " stored " + rows + " rows");
        }
        return new double[] {rows};
    }

    /** Throughput, latency and CPU while wrk keeps all connections busy. */
    private double[] load(Server server, int connections) throws Exception {
        if (!isShort) {
            wrk(server, connections, 2); // warm-up
        }
        long rowsBefore = server.bigQuery().settledRows();
        double cpuMsBefore = server.process().cpuMs();
        double[] figures = wrk(server, connections, amount(6, 1));
        double cpuMs = server.process().cpuMs() - cpuMsBefore;
        double requests = figures[0];
        long rows = server.bigQuery().settledRows() - rowsBefore;
        // wrk disconnects at the end, so one row per connection may be stored although wrk saw no response
        if (server.bigQuery().counts() && (rows < requests || rows > requests + connections)) {
            throw new IllegalStateException(rows + " rows for " + requests + " requests");
        }
        return new double[] {requests / figures[1] * 1e6, figures[2] / 1e3, figures[3] / 1e3, cpuMs / requests};
    }

    /** Posts the payloads in turn. Returns the figures of wrk.lua. Fails unless all requests get 204. */
    private static double[] wrk(Server server, int connections, int seconds) throws Exception {
        Path log = Compare.WORK.resolve("wrk.log");
        ProcessBuilder command = new ProcessBuilder(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                "--script=bench/compare/wrk.lua",
                "http://127.0.0.1:" + server.port());
        try (Subprocess wrk = new Subprocess(command, log)) {
            wrk.awaitEnd();
        }
        String output = Files.readString(log);
        String[] figures = output.replaceAll("(?s).*figures (.*?)\\n.*", "$1").split(" ");
        if (figures.length != 5 || !figures[4].equals("0")) {
            throw new IllegalStateException("wrk failed, or some requests: " + output);
        }
        return Arrays.stream(figures).mapToDouble(Double::parseDouble).toArray();
    }

    /** A single request on a new connection, as a service that scales to zero usually gets. */
    private double[] sparse(Server server) throws Exception {
        long connectionsBefore = server.bigQuery().connections();
        Map<Path, Long> cpuBefore = server.process().cpuNanosByThread();
        byte[] event = Files.readAllBytes(Service.TYPICAL_PAYLOAD);
        long start = System.nanoTime();
        try (HttpConnection connection = server.process().connect(server.port())) {
            connection.store(event);
        }
        double latencyMs = (System.nanoTime() - start) / 1e6;
        Thread.sleep(SETTLING_MS);
        long cpuNanos = 0;
        for (Map.Entry<Path, Long> thread : server.process().cpuNanosByThread().entrySet()) {
            cpuNanos += thread.getValue() - cpuBefore.getOrDefault(thread.getKey(), 0L);
        }
        return new double[] {cpuNanos / 1e6, latencyMs, server.bigQuery().connections() - connectionsBefore};
    }

    /** Resident memory when idle, after a few requests and after many; Node is too slow for many. */
    private double[] memory(Server server) throws Exception {
        Thread.sleep(IDLE_MS);
        double idleMib = server.process().residentMib();
        post(server, amount(10_000, 500));
        double fewMib = server.process().residentMib();
        if (server.implementation().isSlow()) {
            return new double[] {idleMib, fewMib, Double.NaN};
        }
        post(server, amount(190_000, 1_000));
        return new double[] {idleMib, fewMib, server.process().residentMib()};
    }

    /** Posts the payloads in turn, as many events as given. Fails unless all are stored. */
    private void post(Server server, int count) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Void> client = () -> {
            try (HttpConnection connection = server.process().connect(server.port())) {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    connection.store(payloads.get(i % payloads.size()));
                }
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Void> result : threads.invokeAll(Collections.nCopies(CONNECTIONS, client))) {
                result.get();
            }
        }
    }
}
