package io.spinnaker.stats.gcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.auth.oauth2.GoogleCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.limits.RetryPolicy;
import io.spinnaker.stats.time.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A REST client for one Google API, with retries within a deadline. It uses {@link HttpURLConnection} alone: the layers that
 * Google's clients add cost a request as much CPU as the call itself. Bodies are not streamed, because before each streamed
 * body the JDK probes a kept connection with a read of one millisecond. The JDK itself repeats a request once if the kept
 * connection turns out to be closed.
 */
public final class GoogleRestClient {

    /** One idle connection per call that can be in flight; the JDK's default is 5. */
    private static final int MAX_IDLE_CONNECTIONS = Limits.BIGQUERY_ROWS.maxConcurrentCalls();

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final URI host;
    private final RetryPolicy retryPolicy;
    private final @Nullable GoogleCredentials credentials;

    /**
     * Creates a client; makes no call.
     *
     * @param name the API's name in messages
     * @param host its base URL; plain http (an emulator) is called without credentials
     * @param setting the name of the setting that the host comes from
     * @throws ConfigurationException if the host is not a base URL or there are no credentials
     */
    public GoogleRestClient(String name, URI host, String setting, RetryPolicy retryPolicy) {
        // the JDK reads this property at the first call
        System.setProperty("http.maxConnections", String.valueOf(MAX_IDLE_CONNECTIONS));
        this.name = name;
        this.host = host;
        this.retryPolicy = retryPolicy;
        this.credentials = credentials(host, setting);
    }

    private static @Nullable GoogleCredentials credentials(URI host, String setting) {
        String scheme = String.valueOf(host.getScheme()).toLowerCase(Locale.ROOT);
        if (host.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new ConfigurationException(
                    setting + " is not a base URL; expected https://HOST or, for an emulator, http://HOST:PORT");
        }
        if (scheme.equals("http")) {
            return null;
        }
        try {
            return GoogleCredentials.getApplicationDefault()
                    .createScoped("https://www.googleapis.com/auth/cloud-platform");
        } catch (IOException | RuntimeException e) { // the message about a broken key file can quote the file
            throw new ConfigurationException("No usable Google credentials: give the service a service account, point"
                    + " GOOGLE_APPLICATION_CREDENTIALS at a key file, or run gcloud auth application-default login");
        }
    }

    /** The address of a path at this API; the path begins with a slash. */
    public URI resolve(String path) {
        return URI.create(host + path);
    }

    /** GETs with the same retries as {@link #post}. */
    public ApiResponse get(URI address, Deadline deadline) {
        return call(address, "", null, deadline);
    }

    /**
     * POSTs with retries: on a retryable status, on a rejected access token (once), on a broken connection and on a
     * timeout; with exponential backoff and jitter. Blocks.
     *
     * @param type the body's media type
     * @return the last response, whatever its status
     * @throws ApiUnreachableException if the last attempt had no response
     */
    public ApiResponse post(URI address, String type, byte[] body, Deadline deadline) {
        return call(address, type, body, deadline);
    }

    private ApiResponse call(URI address, String type, byte @Nullable [] body, Deadline deadline) {
        long minAttemptMs = retryPolicy.minAttemptTime().toMillis();
        boolean tokenRefreshed = false;
        for (int retry = 0; ; retry++) {
            ApiResponse response = null;
            try {
                Map<String, List<String>> authHeaders = authHeaders(address); // can wait for a token
                if (deadline.remainingMillis() >= minAttemptMs) {
                    response = attempt(address, authHeaders, type, body, deadline);
                    if (response.status() == 401 && credentials != null && !tokenRefreshed) {
                        tokenRefreshed = true;
                        credentials.refresh();
                        continue;
                    }
                    if (!retryPolicy.retryableStatuses().contains(response.status())) {
                        return response;
                    }
                }
            } catch (IOException e) {
                // no response: retried like a retryable status
            }
            long pause = jittered(retryPolicy.backoff(retry).toMillis());
            if (deadline.remainingMillis() < pause + minAttemptMs) {
                if (response == null) {
                    throw new ApiUnreachableException(name + " unreachable, or no access token");
                }
                return response;
            }
            sleep(pause);
        }
    }

    private Map<String, List<String>> authHeaders(URI address) throws IOException {
        return credentials == null ? Map.of() : credentials.getRequestMetadata(address);
    }

    private ApiResponse attempt(
            URI address, Map<String, List<String>> authHeaders, String type, byte @Nullable [] body, Deadline deadline)
            throws IOException {
        int timeout = (int) Math.clamp(
                deadline.remainingMillis(), 1, retryPolicy.attemptTimeout().toMillis());
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(
                (int) Math.min(timeout, retryPolicy.connectTimeout().toMillis()));
        connection.setReadTimeout(timeout);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "spinnaker-stats");
        authHeaders.forEach((header, values) -> values.forEach(value -> connection.addRequestProperty(header, value)));
        if (body != null) {
            connection.setDoOutput(true); // makes it a POST
            connection.setRequestProperty("Content-Type", type);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        // the connection is reused only if the body has been read to its end
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new ApiResponse(status, in == null ? MissingNode.getInstance() : json(body(in, connection)));
        }
    }

    /** Reads the body, usually some 50 bytes, for which {@code readAllBytes} would allocate 16 KiB. */
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

    /** A random time from half of the backoff to all of it, so that instances that failed together do not retry together. */
    private static long jittered(long backoff) {
        return ThreadLocalRandom.current().nextLong(backoff / 2, backoff + 1);
    }

    private void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiUnreachableException("interrupted before a retry of a call to " + name);
        }
    }
}
