import java.nio.file.Path;
import java.time.Duration;

/** All there is in place of Google. */
final class StandIns implements AutoCloseable {

    private static final Duration DELAY = Duration.ofMillis(30); // of a real BigQuery, about

    private final Certificate certificate = new Certificate();
    private final Nginx nginx;
    private final CountingStandIn counting;
    private final CountingStandIn slow;

    StandIns() throws Exception {
        Path executable = Work.buildGo("standin", Path.of("bench/standins"));
        nginx = new Nginx();
        counting = new CountingStandIn(executable, Duration.ZERO, certificate);
        slow = new CountingStandIn(executable, DELAY, certificate);
    }

    Certificate certificate() {
        return certificate;
    }

    Nginx nginx() {
        return nginx;
    }

    /** Answers at once, and counts, which costs it more CPU than nginx. */
    CountingStandIn counting() {
        return counting;
    }

    CountingStandIn slow() {
        return slow;
    }

    @Override
    public void close() {
        nginx.close();
        counting.close();
        slow.close();
    }
}
