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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of the bucket that {@code publish} writes to, each cached in memory for some minutes. While the bucket is unreachable, cached
 * copies are served; the files themselves state their age. A deleted file is no longer served.
 */
final class BucketFileCache implements ChartFileSource {

    /** A private bucket says no more to an identity that may not list it. */
    private static final String DENIED =
            "the bucket responded 403: grant storage.objects.get and storage.objects.list on the bucket";

    private final URI bucket;
    private final BucketAuthorization authorization;
    private final LogMetrics metrics;
    private final DownloadLimits limits;
    private final Map<String, CacheEntry> entries = new ConcurrentHashMap<>();

    /**
     * Creates an empty cache; reads nothing.
     *
     * @param bucket the bucket's base URL
     * @throws ConfigurationException if the bucket is not a base URL
     */
    BucketFileCache(URI bucket, BucketAuthorization authorization, LogMetrics metrics) {
        this(bucket, authorization, metrics, Limits.DOWNLOADS);
    }

    BucketFileCache(URI bucket, BucketAuthorization authorization, LogMetrics metrics, DownloadLimits limits) {
        if (bucket.getHost() == null || !String.valueOf(bucket.getScheme()).matches("https?")) {
            throw new ConfigurationException(
                    "stats.web.data-url is not a base URL; expected https://storage.googleapis.com/BUCKET");
        }
        this.bucket = bucket;
        this.authorization = authorization;
        this.metrics = metrics;
        this.limits = limits;
    }

    @Override
    public Optional<CachedFile> find(String name) throws IOException {
        if (!ChartFile.isName(name)) {
            return Optional.empty(); // only known names, so that the number of entries is bounded
        }
        return entries.computeIfAbsent(name, CacheEntry::new).get();
    }

    /** The result of the last read, and the time of the next one. A failed read keeps the file of the one before. */
    private record CacheState(@Nullable CachedFile file, boolean failed, Deadline refreshAt) {

        Optional<CachedFile> get() throws IOException {
            if (file == null && failed) {
                throw new IOException("cannot read the public bucket");
            }
            return Optional.ofNullable(file);
        }
    }

    /** One file. One request at a time refreshes it; others get the old copy meanwhile, and wait only if there is none. */
    private final class CacheEntry {

        private final String name;
        private final ReentrantLock refreshing = new ReentrantLock();
        private volatile CacheState last = new CacheState(null, true, Deadline.after(Duration.ZERO));

        CacheEntry(String name) {
            this.name = name;
        }

        Optional<CachedFile> get() throws IOException {
            if (last.refreshAt().isExpired() && acquireForRefresh()) {
                try {
                    if (last.refreshAt().isExpired()) {
                        last = read();
                    }
                } finally {
                    refreshing.unlock();
                }
            }
            return last.get();
        }

        private boolean acquireForRefresh() {
            if (last.file() != null) {
                return refreshing.tryLock();
            }
            refreshing.lock();
            return true;
        }

        private CacheState read() {
            try {
                Optional<CachedFile> file = fetch(name);
                return new CacheState(
                        file.orElse(null),
                        false,
                        Deadline.after(file.isPresent() ? limits.freshFor() : limits.retryAfter()));
            } catch (IOException e) { // the message can quote the URL
                metrics.incrementAndLogFirst(
                        Level.WARN, Metric.FETCH_FAILED, "cannot read the public bucket; serving cached copies");
                return new CacheState(last.file(), true, Deadline.after(limits.retryAfter()));
            }
        }
    }

    /**
     * Empty if the file does not exist. Without permission to list a bucket, Cloud Storage responds 403 instead of 404. Follows
     * no redirect, which could lead the access token elsewhere.
     */
    private Optional<CachedFile> fetch(String name) throws IOException {
        URI url = URI.create(bucket + "/data/" + name);
        Map<String, List<String>> headers = authorization.headers(url);
        HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
        headers.forEach((header, values) -> values.forEach(value -> connection.addRequestProperty(header, value)));
        connection.setConnectTimeout((int) limits.connectTimeout().toMillis());
        connection.setReadTimeout((int) limits.readTimeout().toMillis());
        connection.setInstanceFollowRedirects(false);
        int status = connection.getResponseCode();
        if (status != 200) {
            connection.disconnect(); // the body is not read
            if (status == 403 && !headers.isEmpty()) {
                metrics.incrementAndLogFirst(Level.WARN, Metric.FETCH_FAILED, DENIED);
            }
            if (status == 403 || status == 404) {
                return Optional.empty();
            }
            throw new IOException("responded " + status);
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
