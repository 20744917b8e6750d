package io.spinnaker.stats.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.auth.oauth2.GoogleCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How this service calls one of Google's APIs: within a deadline, and again when that can help. It is done through the
 * JDK's {@link HttpURLConnection} and no more, for what Google's clients add costs a request as much as TCP does.
 * The body is given whole: where it is streamed, as Google's clients do, the JDK probes a kept connection with a read of
 * one millisecond before each request. A request on a connection that turns out to be closed, the JDK sends once more.
 */
public final class GoogleApi {

    /** Of one try, so that a silence leaves time for another; of what is small and done at once. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(2);

    private static final long MAX_CONNECT_MS = 1_000;

    /** What has less time than this is not begun: BigQuery mostly takes that long. */
    private static final long MIN_TRY_MS = 100;

    private static final long FIRST_PAUSE_MS = 100;
    private static final int MAX_DOUBLINGS = 3;

    /** The answers that Google says to retry. */
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(429, 500, 502, 503, 504);

    /** Idle connections kept for each host, one for each call that can be under way; 5 is the JDK's own limit. */
    private static final String KEPT_CONNECTIONS = "16";

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final URI host;
    private final long maxTryMs;
    private final @Nullable GoogleCredentials credentials;

    /**
     * Calls nobody yet. A try takes 2 s at most.
     *
     * @param name as messages call it
     * @param host its base URL; plain http (an emulator) is called without credentials
     * @param setting the name of the setting that the host comes from
     * @throws ConfigurationException when the host is no URL, or there are no credentials
     */
    public GoogleApi(String name, URI host, String setting) {
        this(name, host, setting, LONGEST_TRY);
    }

    /** The same, with so much time for one try: for what is large, or takes its time. */
    public GoogleApi(String name, URI host, String setting, Duration longestTry) {
        System.setProperty("http.maxConnections", KEPT_CONNECTIONS); // is read with the first call
        this.name = name;
        this.host = host;
        this.maxTryMs = longestTry.toMillis();
        this.credentials = credentials(host, setting);
    }

    private static @Nullable GoogleCredentials credentials(URI host, String setting) {
        String scheme = String.valueOf(host.getScheme()).toLowerCase(Locale.ROOT);
        if (host.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new ConfigurationException(
                    setting + " is no base URL: write https://HOST or, for an emulator, http://HOST:PORT");
        }
        if (scheme.equals("http")) {
            return null;
        }
        try {
            return GoogleCredentials.getApplicationDefault()
                    .createScoped("https://www.googleapis.com/auth/cloud-platform");
        } catch (IOException | RuntimeException e) { // what it says of a broken key file can quote the file
            throw new ConfigurationException(
                    "There are no Google credentials that can be used: give the service a service account, point"
                            + " GOOGLE_APPLICATION_CREDENTIALS at a key file, or run gcloud auth application-default login");
        }
    }

    /** The address of that path, which begins with a slash, at this API. */
    public URI resolve(String path) {
        return URI.create(host + path);
    }

    /** Gets what is there, as {@link #post} posts. */
    public Answer get(URI address, Deadline deadline) {
        return call(address, "", null, deadline);
    }

    /**
     * Posts until that is answered, once more after an answer that asks for it, a token that is refused, a broken
     * connection or a silence, with pauses that grow and are no two alike. Blocks.
     *
     * @param type the body's media type
     * @return the last answer, good or bad
     * @throws NotCommittedException when there was none
     */
    public Answer post(URI address, String type, byte[] body, Deadline deadline) {
        return call(address, type, body, deadline);
    }

    private Answer call(URI address, String type, byte @Nullable [] body, Deadline deadline) {
        boolean refreshed = false;
        for (int tried = 0; ; tried++) {
            Answer answer = null;
            try {
                Map<String, List<String>> identity = identity(address); // waits for a token, if need be
                if (deadline.millisLeft() >= MIN_TRY_MS) {
                    answer = once(address, identity, type, body, deadline);
                    if (answer.status() == 401 && credentials != null && !refreshed) {
                        refreshed = true;
                        credentials.refresh();
                        continue;
                    }
                    if (!WORTH_ANOTHER_TRY.contains(answer.status())) {
                        return answer;
                    }
                }
            } catch (IOException e) {
                // the one sort of failure that has no answer
            }
            long pause = pauseAfter(tried);
            if (deadline.millisLeft() < pause + MIN_TRY_MS) {
                if (answer == null) {
                    throw new NotCommittedException(Why.UNAVAILABLE, "no answer from " + name + ", or no token for it");
                }
                return answer;
            }
            pause(pause);
        }
    }

    private Map<String, List<String>> identity(URI address) throws IOException {
        return credentials == null ? Map.of() : credentials.getRequestMetadata(address);
    }

    private Answer once(
            URI address, Map<String, List<String>> identity, String type, byte @Nullable [] body, Deadline deadline)
            throws IOException {
        int limit = (int) Math.clamp(deadline.millisLeft(), 1, maxTryMs);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) Math.min(limit, MAX_CONNECT_MS));
        connection.setReadTimeout(limit);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "spinnaker-stats");
        identity.forEach((header, values) -> values.forEach(value -> connection.addRequestProperty(header, value)));
        if (body != null) {
            connection.setDoOutput(true); // makes it a POST
            connection.setRequestProperty("Content-Type", type);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        // read to its end, so that the connection is free again
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, in == null ? MissingNode.getInstance() : json(body(in, connection)));
        }
    }

    /** Mostly some 50 bytes, for which {@code readAllBytes} would make room for 16 KiB. */
    private static byte[] body(InputStream in, HttpURLConnection connection) throws IOException {
        int length = connection.getContentLength();
        return length < 0 ? in.readAllBytes() : in.readNBytes(length);
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Between half of the pause and all of it: instances that failed together do not come back together. */
    private static long pauseAfter(int tried) {
        long pause = FIRST_PAUSE_MS << Math.min(tried, MAX_DOUBLINGS);
        return ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotCommittedException(Why.UNAVAILABLE, "interrupted before another try to reach " + name);
        }
    }
}
