package compare;

import common.Subprocess;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run of wrk, a load generator that keeps every connection busy. All requests got 204. */
record Wrk(long requests, double seconds, double p50Ms, double p99Ms) {

    /** Posts the payloads in turn. Fails unless all are stored. */
    static Wrk run(Server server, String connections, int seconds) throws Exception {
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
        String[] figures = output.replaceAll("(?s).*figures (.*?)\\n.*", "$1").split(" "); // see wrk.lua
        if (figures.length != 5 || !figures[4].equals("0")) {
            throw new IllegalStateException("wrk failed, or some requests: " + output);
        }
        return new Wrk(
                Long.parseLong(figures[0]),
                Long.parseLong(figures[1]) / 1e6,
                Long.parseLong(figures[2]) / 1e3,
                Long.parseLong(figures[3]) / 1e3);
    }
}
