package io.spinnaker.stats.dashboard;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.watch.Counts;
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
final class PublishedFiles implements DataFiles {

    private static final Duration FRESH = Duration.ofMinutes(5);

    /** After a failure, or where there is no file. */
    private static final Duration NEXT_TRY = Duration.ofSeconds(10);

    /** Of one reading. */
    private static final Duration TIME = Duration.ofSeconds(3);

    private static final int CONNECT_MS = 1_000;
    private static final int SILENCE_MS = 2_000;

    /** Of one file: twice what the largest may come to. There are some thirty. */
    static final int MAX_BYTES = 2 << 20;

    private final URI bucket;
    private final Counts counts;
    private final Duration fresh;
    private final Duration nextTry;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    /**
     * Reads nothing yet.
     *
     * @param bucket its base URL
     * @throws ConfigurationException when it is none
     */
    PublishedFiles(URI bucket, Counts counts) {
        this(bucket, counts, FRESH, NEXT_TRY);
    }

    PublishedFiles(URI bucket, Counts counts, Duration fresh, Duration nextTry) {
        if (bucket.getHost() == null || !String.valueOf(bucket.getScheme()).matches("https?")) {
            throw new ConfigurationException(
                    "stats.dashboard.data-url is no base URL: write https://storage.googleapis.com/BUCKET");
        }
        this.bucket = bucket;
        this.counts = counts;
        this.fresh = fresh;
        this.nextTry = nextTry;
    }

    @Override
    public Optional<ServedFile> find(String name) throws IOException {
        if (!Files.isName(name)) {
            return Optional.empty(); // so there are only so many copies
        }
        return copies.computeIfAbsent(name, Copy::new).get();
    }

    /** What was read last: a file, or that there is none, or nothing; and when to read again. */
    private record Reading(@Nullable ServedFile file, boolean failed, Deadline until) {

        Optional<ServedFile> get() throws IOException {
            if (file == null && failed) {
                throw new IOException("the bucket cannot be read");
            }
            return Optional.ofNullable(file);
        }
    }

    /** One file. Whoever finds it too old reads it; others meanwhile take the old one, and wait only if there is none. */
    private final class Copy {

        private final String name;
        private final ReentrantLock reading = new ReentrantLock();
        private volatile Reading last = new Reading(null, true, Deadline.in(Duration.ZERO));

        Copy(String name) {
            this.name = name;
        }

        Optional<ServedFile> get() throws IOException {
            if (last.until().isOver() && takeTurn()) {
                try {
                    if (last.until().isOver()) {
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

        private Reading read() {
            try {
                Optional<ServedFile> file = fetch(name);
                return new Reading(file.orElse(null), false, Deadline.in(file.isPresent() ? fresh : nextTry));
            } catch (IOException e) { // its message can quote the URL
                counts.addAndLog(Level.WARN, "not-fetched", "the bucket of the public files cannot be read");
                return new Reading(last.file(), true, Deadline.in(nextTry));
            }
        }
    }

    /** Empty when the bucket has none. To who may not list its files, Cloud Storage says 403 for 404. */
    private Optional<ServedFile> fetch(String name) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(bucket + "/data/" + name).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(SILENCE_MS);
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
            byte[] content = read(in, Deadline.in(TIME));
            return Optional.of(ServedFile.of(Files.type(name), content, "public, max-age=" + FRESH.toSeconds()));
        }
    }

    private static byte[] read(InputStream in, Deadline deadline) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            content.write(buffer, 0, read);
            if (content.size() > MAX_BYTES || deadline.isOver()) {
                throw new IOException("too much, or too slow");
            }
        }
        return content.toByteArray();
    }
}
