import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that ends when this bench does. What it says is in a file, until the next one of that name. */
final class Child implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread end;

    Child(String name, ProcessBuilder command) throws IOException {
        this.name = name;
        this.log = Work.log(name);
        this.process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        this.end = new Thread(process::destroyForcibly); // should this bench be killed halfway
        try {
            Runtime.getRuntime().addShutdownHook(end);
        } catch (IllegalStateException killedAlready) {
            process.destroyForcibly();
            throw killedAlready;
        }
    }

    /** Runs it to its end, which has to be a good one. */
    static void run(String name, ProcessBuilder command) throws IOException, InterruptedException {
        try (Child child = new Child(name, command)) {
            if (child.process.waitFor() != 0) {
                throw child.failure("failed");
            }
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    IllegalStateException failure(String what) {
        return new IllegalStateException(name + " " + what + ": see " + log);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(end);
    }
}
