import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** A BigQuery that takes every row after a while, and counts: {@code bench/standins}. */
final class CountingStandIn implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int plain = Sockets.freePort();
    private final int tls = Sockets.freePort();
    private final Duration delay;
    private final Child process;

    /** How much it has seen since it was started; connections: those with a call. */
    record Seen(long calls, long rows, long connections) {

        Seen since(Seen earlier) {
            return new Seen(calls - earlier.calls, rows - earlier.rows, connections - earlier.connections);
        }
    }

    CountingStandIn(Path executable, Duration delay, Certificate certificate) throws IOException, InterruptedException {
        this.delay = delay;
        this.process = new Child(
                "standin-" + delay.toMillis() + "ms",
                new ProcessBuilder(
                        executable.toString(),
                        "-plain=127.0.0.1:" + plain,
                        "-tls=127.0.0.1:" + tls,
                        "-delay=" + delay.toMillis() + "ms",
                        "-certificate=" + certificate.pem(),
                        "-key=" + certificate.key()));
        Sockets.await(plain, process);
        Sockets.await(tls, process);
    }

    Warehouse plain() {
        return new Warehouse(delay.toMillis() + " ms", "http://127.0.0.1:" + plain);
    }

    Warehouse tls() {
        return new Warehouse(delay.toMillis() + " ms, TLS", "https://127.0.0.1:" + tls);
    }

    Seen seen() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(plain().url())).build();
        long[] counts = Arrays.stream(
                        client.send(request, BodyHandlers.ofString()).body().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Seen(counts[0], counts[1], counts[2]);
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}
