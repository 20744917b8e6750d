package compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A fake BigQuery that {@code bench/run} starts: nginx, which stores every row at once and is fast enough never to be
 * the bottleneck, or {@code bench/fake-servers}, which counts rows and responds at once or after 30 ms.
 *
 * @param url base URL of its API
 * @param countersUrl where its counters are; null if it does not count
 */
record BigQuery(String url, String countersUrl) {

    static BigQuery named(String name) {
        String counting = "http://127.0.0.1:9153";
        String delayed = "http://127.0.0.1:9155";
        return switch (name) {
            case "instant" -> new BigQuery("http://127.0.0.1:9151", null);
            case "tls" -> new BigQuery("https://127.0.0.1:9152", null);
            case "counting" -> new BigQuery(counting, counting);
            case "counting-tls" -> new BigQuery("https://127.0.0.1:9154", counting);
            case "30ms" -> new BigQuery(delayed, delayed); // about the latency of the real BigQuery
            default -> throw new IllegalArgumentException("no fake BigQuery is called " + name);
        };
    }

    boolean counts() {
        return countersUrl != null;
    }

    /** Returns the rows that it has stored; 0 if it does not count. */
    long rows() throws IOException {
        return counts() ? counter(1) : 0;
    }

    /** Returns the rows that it has stored, once none is in flight any more. */
    long settledRows() throws Exception {
        long before = -1;
        long rows = rows();
        while (rows != before) {
            Thread.sleep(Benchmarks.SETTLING_MS);
            before = rows;
            rows = rows();
        }
        return rows;
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
