package faults;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of the native executable, with its figures in {@code /proc}. Ends with this program. */
final class ServiceProcess {

    private static final String EXECUTABLE = "target/spinnaker-stats-runner";
    private static final int START_TIMEOUT_MS = 10_000;

    private final Process process;
    private final Thread shutdownHook;

    /** Starts a process. Returns once it listens on the port. */
    ServiceProcess(int port, Map<String, String> settings) throws IOException {
        ProcessBuilder command = new ProcessBuilder(EXECUTABLE)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        command.environment().putAll(settings);
        command.environment().put("PORT", String.valueOf(port));
        process = command.start();
        shutdownHook = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        awaitPort(port);
    }

    private void awaitPort(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (HttpConnection listening = new HttpConnection(port, START_TIMEOUT_MS, START_TIMEOUT_MS)) {
                return;
            } catch (ConnectException notYetListening) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException(EXECUTABLE + " does not listen on port " + port);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the resident memory; 0 if the process has ended. */
    double residentMib() {
        return mib("VmRSS");
    }

    /** Returns the highest resident memory so far; 0 if the process has ended. */
    double peakMib() {
        return mib("VmHWM");
    }

    private double mib(String field) {
        try {
            String kib = Files.readString(proc("status")).replaceAll("(?s).*" + field + ":\\s*(\\d+) kB.*", "$1");
            return kib.matches("\\d+") ? Long.parseLong(kib) / 1024.0 : 0; // the field is missing while it ends
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Returns the number of open files and connections; 0 if the process has ended. */
    long openFiles() {
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
    boolean terminate(int timeoutMs) throws InterruptedException {
        process.destroy();
        return process.waitFor(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Sends SIGKILL and waits for the end. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
    }
}
