package io.spinnaker.stats.limits;

import java.time.Duration;
import java.util.Set;

/** The limits, timeouts and retry rules that are in force. The limits of an event itself are in {@code EventReader}. */
public final class Limits {

    /**
     * Time of one request. The oldest clients disconnect 5 s after they have sent an event and count that as a failure.
     *
     * <pre>
     * 0 s                             3 s             3.9 s          5 s
     * |-- storage, retries included --|-- dead letter --|-- network --|  client disconnects
     * </pre>
     *
     * The response leaves after 3.9 s at the latest, so more than one second remains for the way back. While the circuit
     * breaker is open, the dead-letter queue comes first and has the 3 s, and storage has the rest.
     */
    public static final TimeBudget REQUEST_TIME = new TimeBudget(Duration.ofMillis(3_000), Duration.ofMillis(3_900));

    /** Time of one redrive, for storing and again for parking. No client waits, but the function is billed meanwhile. */
    public static final Duration REDRIVE_TIME = Duration.ofSeconds(10);

    /**
     * Age of a dead letter from which it is parked if storage rejects it. After a column was added, BigQuery can reject rows that
     * have it for some minutes.
     */
    public static final Duration MIN_PARKING_AGE = Duration.ofHours(1);

    /** Time of one SQL query; the largest read gigabytes in some ten seconds. */
    public static final Duration QUERY_TIME = Duration.ofMinutes(5);

    /** Time of writing one public file of up to 1 MiB, retries included. */
    public static final Duration UPLOAD_TIME = Duration.ofSeconds(30);

    /**
     * Requests and their bodies. Large bodies leave a quarter of the memory in flight to usual ones. A part of a body costs 1 µs,
     * so a chunk for each byte would make 1 MiB cost a second. Full TCP segments have 536 bytes or more.
     */
    public static final RequestLimits REQUESTS =
            new RequestLimits(100_000, 12 << 20, 2_000, 512, Duration.ofSeconds(10), 16 << 20, 16 << 20, 32 << 20);

    /**
     * Pacing of requests beyond a configured rate. The wait is part of {@link #REQUEST_TIME}, so a paced event still has 1.5 s
     * for storage. A rejected request is held for the same time, because Cloud Run gives an instance a limited number of
     * requests at a time: a client that is rejected at once would send the next one at once.
     */
    public static final PacingLimits PACING = new PacingLimits(4096, Duration.ofSeconds(5), Duration.ofMillis(1_500));

    /** Downloads of the public files. The largest, 36 months of every stage type that Spinnaker has, is half of its limit. */
    public static final DownloadLimits DOWNLOADS = new DownloadLimits(
            16 << 20,
            1 << 20,
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3));

    /**
     * Rows to BigQuery. Sixteen calls of 500 rows at 50 ms each carry more than one instance can receive. BigQuery
     * recommends 500 rows per call and rejects more than 10 MB. 10,000 rows arrive in 3 s at 3,000 per second.
     */
    public static final BatchLimits BIGQUERY_ROWS = new BatchLimits(16, 500, 9_000_000, 10_000, 12 << 20);

    /** Rows to DuckDB: one writer, because there is one file. */
    public static final BatchLimits DUCKDB_ROWS = new BatchLimits(1, 500, 9_000_000, 10_000, 12 << 20);

    /**
     * Messages to Pub/Sub, which rejects more than 10 MB per call. The queue holds all rows that BigQuery may leave at
     * once; base64 makes them a third larger.
     */
    public static final BatchLimits DEAD_LETTERS = new BatchLimits(16, 500, 9_000_000, 10_000, 16 << 20);

    /**
     * Calls to Google's APIs. The statuses are those that Google says to retry. BigQuery responds to a query after 10 s,
     * whether or not it is complete, so an attempt must take longer.
     */
    public static final RetryPolicy API_CALLS = new RetryPolicy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofMillis(800),
            Set.of(429, 500, 502, 503, 504));

    private Limits() {}
}
