package compare;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Runs wrk, a load generator that keeps every connection busy. */
final class Wrk {

    private static final String NAME = "wrk";
    private static final String SCRIPT = "bench/compare/wrk.lua";
    private static final String FIGURES_PREFIX = "figures ";

    private Wrk() {}

    record Result(long requests, double seconds, double p50Ms, double p99Ms) {}

    /** @throws IllegalStateException if a request failed */
    static Result run(int port, int connections, int seconds, Payloads payloads)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                NAME,
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                "--script=" + SCRIPT,
                "http://127.0.0.1:" + port,
                payloads.listFile().toString());
        Subprocess.run(NAME, new ProcessBuilder(command));
        String output = Files.readString(WorkDir.log(NAME));
        String[] figures = output.lines()
                .filter(line -> line.startsWith(FIGURES_PREFIX))
                .map(line -> line.substring(FIGURES_PREFIX.length()).split(" "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk printed no figures: " + output));
        if (!figures[4].equals("0")) {
            throw new IllegalStateException("some requests failed: " + output);
        }
        return new Result(
                Long.parseLong(figures[0]),
                Long.parseLong(figures[1]) / 1e6,
                Long.parseLong(figures[2]) / 1e3,
                Long.parseLong(figures[3]) / 1e3);
    }
}
