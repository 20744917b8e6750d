package compare;

import common.Sockets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that ends with this program. Its log file lasts until the next process of the same name starts. */
final class Subprocess implements AutoCloseable {

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread shutdownHook;

    Subprocess(String name, ProcessBuilder command) throws IOException {
        this.name = name;
        this.log = WorkDir.log(name);
        this.process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        this.shutdownHook = new Thread(process::destroyForcibly);
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException shuttingDown) {
            process.destroyForcibly();
            throw shuttingDown;
        }
    }

    /** Runs a command and waits for it. Fails unless its exit code is 0. */
    static void run(String name, ProcessBuilder command) throws IOException, InterruptedException {
        try (Subprocess subprocess = new Subprocess(name, command)) {
            if (subprocess.process.waitFor() != 0) {
                throw subprocess.failure("failed");
            }
        }
    }

    /** Waits until the process listens on a port. */
    void awaitListening(int port) throws IOException, InterruptedException {
        if (!Sockets.awaitListening(port, process)) {
            throw failure("does not listen");
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    IllegalStateException failure(String problem) {
        return new IllegalStateException(name + " " + problem + "; see " + log);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
    }
}
