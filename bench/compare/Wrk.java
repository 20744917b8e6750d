import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** wrk, which posts as fast as it is answered. */
final class Wrk {

    private static final String NAME = "wrk";
    private static final String SCRIPT = "bench/compare/wrk.lua";
    private static final String FIGURES = "figures ";

    private Wrk() {}

    record Outcome(long requests, double seconds, double medianMs, double percentile99Ms) {}

    /** @throws IllegalStateException when a request was answered with an error, or not at all */
    static Outcome run(int port, int connections, int seconds, Payloads payloads)
            throws IOException, InterruptedException {
        List<String> command = List.of(
                NAME,
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                "--script=" + SCRIPT,
                "http://127.0.0.1:" + port,
                payloads.list().toString());
        Child.run(NAME, new ProcessBuilder(command));
        String said = Files.readString(Work.log(NAME));
        String[] figures = said.lines()
                .filter(line -> line.startsWith(FIGURES))
                .map(line -> line.substring(FIGURES.length()).split(" "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk says " + said));
        if (!figures[4].equals("0")) {
            throw new IllegalStateException("some requests failed: " + said);
        }
        return new Outcome(
                Long.parseLong(figures[0]),
                Long.parseLong(figures[1]) / 1e6,
                Long.parseLong(figures[2]) / 1e3,
                Long.parseLong(figures[3]) / 1e3);
    }
}
