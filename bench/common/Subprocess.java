package common;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A process that ends with this program, with its figures in {@code /proc}. */
public final class Subprocess implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;
    private static final long POLL_INTERVAL_NANOS = 200_000;

    private final Path log;
    private final Process process;
    private final Thread shutdownHook;

    /** Starts a process that writes its output to a file. */
    public Subprocess(ProcessBuilder command, Path log) throws IOException {
        this.log = log;
        this.process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        this.shutdownHook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Returns a port on which nothing listens, below the range that Linux gives to clients (32768 and above). A client
     * could otherwise take the port before its server listens, or while its server restarts.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // try another one
            }
        }
    }

    /** Connects as soon as the process listens on a port. */
    public HttpConnection connect(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                return HttpConnection.connect(port, TIMEOUT_MS, TIMEOUT_MS);
            } catch (ConnectException notYetListening) {
                LockSupport.parkNanos(POLL_INTERVAL_NANOS);
            }
        }
        throw new IllegalStateException("a process does not listen on port " + port + "; its output is in " + log);
    }

    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the user and system time that the process has used, in steps of 10 ms. */
    public double cpuMs() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    /** Returns the CPU time of each live thread: more precise than {@link #cpuMs}, but without threads that ended. */
    public Map<Path, Long> cpuNanosByThread() throws IOException {
        Map<Path, Long> nanos = new HashMap<>();
        try (Stream<Path> threads = Files.list(proc("task"))) {
            for (Path thread : threads.toList()) {
                String schedstat = Files.readString(thread.resolve("schedstat"));
                nanos.put(thread, Long.parseLong(schedstat.substring(0, schedstat.indexOf(' '))));
            }
        }
        return nanos;
    }

    /** Returns the resident memory; 0 if the process has ended. */
    public double residentMib() {
        return mib("VmRSS");
    }

    /** Returns the highest resident memory so far; 0 if the process has ended. */
    public double peakMib() {
        return mib("VmHWM");
    }

    private double mib(String field) {
        try {
            String kib = Files.readString(proc("status")).replaceAll("(?s).*" + field + ":\\s*(\\d+) kB.*", "$1");
            return kib.matches("\\d+") ? Long.parseLong(kib) / 1024.0 : 0; // a process that is ending has no memory
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Returns the number of open files and connections; 0 if the process has ended. */
    public long openFiles() {
        try (Stream<Path> files = Files.list(proc("fd"))) {
            return files.count();
        } catch (IOException ended) {
            return 0;
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", String.valueOf(process.pid()), file);
    }

    /** Sends SIGTERM. Returns whether the process ended in time. */
    public boolean terminate(int timeoutMs) throws InterruptedException {
        process.destroy();
        return process.waitFor(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Sends SIGKILL and waits for the end. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Ends the process: with SIGTERM, and with SIGKILL if that takes too long. */
    @Override
    public void close() throws InterruptedException {
        terminate(TIMEOUT_MS);
        kill();
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
    }
}
