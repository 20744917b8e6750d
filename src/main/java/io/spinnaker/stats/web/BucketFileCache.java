package io.spinnaker.stats.web;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.limits.DownloadLimits;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import io.spinnaker.stats.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The files of the public bucket, each kept in memory for some minutes. While the bucket cannot be reached, what was
 * read last goes on being served: the files themselves say how old they are. A file that is no longer there is not.
 */
final class BucketFileCache implements ChartFileSource {

    private final URI bucket;
    private final LogMetrics metrics;
    private final DownloadLimits limits;
    private final Map<String, CacheEntry> copies = new ConcurrentHashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param bucket its base URL
     * @throws ConfigurationException when it is none
     */
    BucketFileCache(URI bucket, LogMetrics metrics) {
        this(bucket, metrics, Limits.DOWNLOADS);
    }

    BucketFileCache(URI bucket, LogMetrics metrics, DownloadLimits limits) {
        if (bucket.getHost() == null || !String.valueOf(bucket.getScheme()).matches("https?")) {
            throw new ConfigurationException(
                    "stats.web.data-url is not a base URL; expected https://storage.googleapis.com/BUCKET");
        }
        this.bucket = bucket;
        this.metrics = metrics;
        this.limits = limits;
    }

    @Override
    public Optional<CachedFile> find(String name) throws IOException {
        if (!ChartFile.isName(name)) {
            return Optional.empty(); // so there are only so many copies
        }
        return copies.computeIfAbsent(name, CacheEntry::new).get();
    }

    /** What was read last: a file, or that there is none, or nothing; and when to read again. */
    private record CacheState(@Nullable CachedFile file, boolean failed, Deadline until) {

        Optional<CachedFile> get() throws IOException {
            if (file == null && failed) {
                throw new IOException("the bucket cannot be read");
            }
            return Optional.ofNullable(file);
        }
    }

    /** One file. Whoever finds it too old reads it; others meanwhile take the old one, and wait only if there is none. */
    private final class CacheEntry {

        private final String name;
        private final ReentrantLock reading = new ReentrantLock();
        private volatile CacheState last = new CacheState(null, true, Deadline.after(Duration.ZERO));

        CacheEntry(String name) {
            this.name = name;
        }

        Optional<CachedFile> get() throws IOException {
            if (last.until().isExpired() && takeTurn()) {
                try {
                    if (last.until().isExpired()) {
                        last = read();
                    }
                } finally {
                    reading.unlock();
                }
            }
            return last.get();
        }

        private boolean takeTurn() {
            if (last.file() != null) {
                return reading.tryLock();
            }
            reading.lock();
            return true;
        }

        private CacheState read() {
            try {
                Optional<CachedFile> file = fetch(name);
                return new CacheState(
                        file.orElse(null),
                        false,
                        Deadline.after(file.isPresent() ? limits.freshFor() : limits.retryAfter()));
            } catch (IOException e) { // its message can quote the URL
                metrics.incrementAndLogFirst(
                        Level.WARN, Metric.FETCH_FAILED, "cannot read the public bucket; serving cached copies");
                return new CacheState(last.file(), true, Deadline.after(limits.retryAfter()));
            }
        }
    }

    /** Empty when the bucket has none. To who may not list its files, Cloud Storage says 403 for 404. */
    private Optional<CachedFile> fetch(String name) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(bucket + "/data/" + name).toURL().openConnection();
        connection.setConnectTimeout((int) limits.connectTimeout().toMillis());
        connection.setReadTimeout((int) limits.readTimeout().toMillis());
        connection.setInstanceFollowRedirects(false);
        int status = connection.getResponseCode();
        if (status != 200) {
            connection.disconnect(); // what it says besides is not read
            if (status == 403 || status == 404) {
                return Optional.empty();
            }
            throw new IOException("answered " + status);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] content = read(in, Deadline.after(limits.downloadTimeout()));
            return Optional.of(CachedFile.of(
                    ChartFile.contentType(name),
                    content,
                    "public, max-age=" + limits.freshFor().toSeconds()));
        }
    }

    private byte[] read(InputStream in, Deadline deadline) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            content.write(buffer, 0, read);
            if (content.size() > limits.maxFileBytes() || deadline.isExpired()) {
                throw new IOException("too much, or too slow");
            }
        }
        return content.toByteArray();
    }
}
