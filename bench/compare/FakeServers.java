package compare;

import common.Subprocess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The fake servers that replace Google's services: nginx, which stores every row at once and is fast enough never to be
 * the bottleneck, and two of {@code bench/fake-servers}, which count rows and respond at once or after 30 ms.
 */
final class FakeServers implements AutoCloseable {

    /**
     * A fake BigQuery.
     *
     * @param url base URL of its API
     * @param countersUrl where its counters are; null if it does not count
     */
    record BigQuery(String name, String url, String countersUrl) {

        boolean counts() {
            return countersUrl != null;
        }

        /** Returns the rows that it has stored; 0 if it does not count. */
        long rows() throws IOException {
            return counts() ? counter(1) : 0;
        }

        /** Returns the number of connections that carried at least one call. */
        long connections() throws IOException {
            return counter(2);
        }

        private long counter(int index) throws IOException {
            try (InputStream counters = URI.create(countersUrl).toURL().openStream()) {
                String text = new String(counters.readAllBytes(), StandardCharsets.US_ASCII);
                return Long.parseLong(text.split(" ")[index]);
            }
        }
    }

    /** Value of GCE_METADATA_HOST. */
    final String metadataHost = "127.0.0.1:" + Subprocess.freePort();

    private final List<Subprocess> processes = new ArrayList<>();
    private final List<BigQuery> bigQueries = new ArrayList<>();

    FakeServers() throws IOException {
        startNginx();
        startCounting("counting", "0ms");
        startCounting("30ms", "30ms"); // about the latency of the real BigQuery
    }

    /** Starts nginx, which is a fake metadata server, too. It looks for the certificate beside its configuration. */
    private void startNginx() throws IOException {
        String plain = "127.0.0.1:" + Subprocess.freePort();
        int tlsPort = Subprocess.freePort();
        String tls = "127.0.0.1:" + tlsPort;
        String configuration = Files.readString(Path.of("bench/compare/nginx.conf"))
                .replace("$PLAIN", plain)
                .replace("$TLS", tls)
                .replace("$METADATA", metadataHost);
        Files.writeString(Compare.WORK.resolve("nginx.conf"), configuration);
        start("nginx", tlsPort, "nginx", "-p", Compare.WORK.toString(), "-c", "nginx.conf", "-e", "stderr");
        bigQueries.add(new BigQuery("instant", "http://" + plain, null));
        bigQueries.add(new BigQuery("tls", "https://" + tls, null));
    }

    private void startCounting(String name, String delay) throws IOException {
        String plain = "127.0.0.1:" + Subprocess.freePort();
        int tlsPort = Subprocess.freePort();
        String tls = "127.0.0.1:" + tlsPort;
        String program = Compare.WORK.resolve("fake-bigquery").toString();
        String certificate = "-certificate=" + Compare.WORK.resolve("certificate.pem");
        String key = "-key=" + Compare.WORK.resolve("key.pem");
        start(name, tlsPort, program, "-plain=" + plain, "-tls=" + tls, "-delay=" + delay, certificate, key);
        bigQueries.add(new BigQuery(name, "http://" + plain, "http://" + plain));
        bigQueries.add(new BigQuery(name + "-tls", "https://" + tls, "http://" + plain));
    }

    private void start(String name, int port, String... command) throws IOException {
        Subprocess process = new Subprocess(new ProcessBuilder(command), Compare.WORK.resolve(name + ".log"));
        processes.add(process);
        process.connect(port).close();
    }

    BigQuery bigQuery(String name) {
        return bigQueries.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fake BigQuery is called " + name));
    }

    @Override
    public void close() throws InterruptedException {
        for (Subprocess process : processes) {
            process.close();
        }
    }
}
