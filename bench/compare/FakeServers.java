package compare;

import java.nio.file.Path;
import java.time.Duration;

/** The fake servers that replace Google's services. */
final class FakeServers implements AutoCloseable {

    private static final Duration DELAY = Duration.ofMillis(30); // about that of the real BigQuery

    private final SelfSignedCertificate certificate = new SelfSignedCertificate();
    private final NginxFakeServer nginx;
    private final CountingFakeServer counting;
    private final CountingFakeServer delayed;

    FakeServers() throws Exception {
        Path executable = WorkDir.buildGo("fake-bigquery", Path.of("bench/fake-servers"));
        nginx = new NginxFakeServer();
        counting = new CountingFakeServer(executable, Duration.ZERO, certificate);
        delayed = new CountingFakeServer(executable, DELAY, certificate);
    }

    SelfSignedCertificate certificate() {
        return certificate;
    }

    NginxFakeServer nginx() {
        return nginx;
    }

    /** Returns a server that responds at once and counts. It uses more CPU than nginx. */
    CountingFakeServer counting() {
        return counting;
    }

    CountingFakeServer delayed() {
        return delayed;
    }

    @Override
    public void close() {
        nginx.close();
        counting.close();
        delayed.close();
    }
}
