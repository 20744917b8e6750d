package faults;

import common.ProcessMemory;
import common.Sockets;
import common.StatsService;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The native executable as a process that can be ended and restarted on the same port. */
final class ServiceProcess implements AutoCloseable {

    private final int port = Sockets.freePort();
    private final ProcessBuilder command = new ProcessBuilder(StatsService.EXECUTABLE.toString());
    private final Thread shutdownHook = new Thread(this::kill);
    private volatile Process process;
    private double peakMib;

    ServiceProcess(String bigQueryUrl, String topicUrl) {
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().putAll(StatsService.environment(port, bigQueryUrl));
        command.environment().put("STATS_DEAD_LETTER_TOPIC", FakePubSub.TOPIC);
        command.environment().put("STATS_DEAD_LETTER_HOST", topicUrl);
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    int port() {
        return port;
    }

    /** Starts the process. Returns once it listens. */
    void start() throws IOException, InterruptedException {
        process = command.start();
        if (!Sockets.awaitListening(port, process)) {
            throw new IllegalStateException("the service does not listen on port " + port);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. Returns whether the process ended in time. */
    boolean terminate(Duration timeout) throws InterruptedException {
        updatePeak();
        process.destroy();
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sends SIGKILL and waits for the end. */
    void kill() {
        if (process == null) {
            return;
        }
        updatePeak();
        process.destroyForcibly();
        process.onExit().join();
    }

    double residentMib() {
        return ProcessMemory.residentMib(process.pid()).orElse(0);
    }

    /** Returns the highest resident memory of all processes so far. */
    double peakMib() {
        updatePeak();
        return peakMib;
    }

    private void updatePeak() {
        peakMib = Math.max(peakMib, ProcessMemory.peakMib(process.pid()).orElse(0));
    }

    /** Kills the process. A graceful shutdown is not needed, because acknowledged events are already stored. */
    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
    }
}
