package compare;

import common.Sockets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** A fake BigQuery that stores every row after a delay and counts ({@code bench/fake-servers}). */
final class CountingFakeServer implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int plainPort = Sockets.freePort();
    private final int tlsPort = Sockets.freePort();
    private final Duration delay;
    private final Subprocess process;

    /**
     * Counters since the start of the server.
     *
     * @param connections connections that carried at least one call
     */
    record Counters(long calls, long rows, long connections) {

        Counters minus(Counters earlier) {
            return new Counters(calls - earlier.calls, rows - earlier.rows, connections - earlier.connections);
        }
    }

    CountingFakeServer(Path executable, Duration delay, SelfSignedCertificate certificate)
            throws IOException, InterruptedException {
        this.delay = delay;
        this.process = new Subprocess(
                "fake-bigquery-" + delay.toMillis() + "ms",
                new ProcessBuilder(
                        executable.toString(),
                        "-plain=127.0.0.1:" + plainPort,
                        "-tls=127.0.0.1:" + tlsPort,
                        "-delay=" + delay.toMillis() + "ms",
                        "-certificate=" + certificate.pem(),
                        "-key=" + certificate.key()));
        process.awaitListening(plainPort);
        process.awaitListening(tlsPort);
    }

    BigQueryEndpoint plain() {
        return new BigQueryEndpoint(delay.toMillis() + " ms", "http://127.0.0.1:" + plainPort);
    }

    BigQueryEndpoint tls() {
        return new BigQueryEndpoint(delay.toMillis() + " ms, TLS", "https://127.0.0.1:" + tlsPort);
    }

    Counters counters() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(plain().url())).build();
        long[] counts = Arrays.stream(
                        client.send(request, BodyHandlers.ofString()).body().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Counters(counts[0], counts[1], counts[2]);
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}
