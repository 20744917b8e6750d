package io.spinnaker.stats.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.spinnaker.stats.commit.Deadline;
import io.spinnaker.stats.commit.NotCommittedException;
import io.spinnaker.stats.commit.NotCommittedException.Why;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How this service calls one of Google's APIs. A generated client makes the request; this sends it, within a deadline,
 * and again when that can help. One time limit counts, the deadline's: Google's clients are told to wait no longer than
 * it, and to try again by themselves only once, with a new token where theirs is refused.
 */
public final class GoogleApi {

    /** Of one try, so that a silence leaves time for another. */
    private static final long MAX_TRY_MS = 2_000;

    private static final long MAX_CONNECT_MS = 1_000;

    /** What has less time than this is not begun: BigQuery mostly takes that long. */
    private static final long MIN_TRY_MS = 100;

    private static final long FIRST_PAUSE_MS = 100;
    private static final int MAX_DOUBLINGS = 3;

    /** The answers that Google says to retry. */
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(429, 500, 502, 503, 504);

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final HttpRequestInitializer credentials;
    private final HttpTransport transport = new UnstreamedTransport();

    /** Makes the request of one try: it is used up by being sent. */
    @FunctionalInterface
    public interface RequestMaker {
        HttpRequest make() throws IOException;
    }

    /**
     * Calls nobody yet.
     *
     * @param name as messages call it
     * @param host its base URL; plain http (an emulator) is called without credentials
     * @param setting the name of the setting that the host comes from
     * @throws ConfigurationException when the host is no URL, or there are no credentials
     */
    public GoogleApi(String name, URI host, String setting) {
        this.name = name;
        this.credentials = credentials(host, setting);
    }

    private static HttpRequestInitializer credentials(URI host, String setting) {
        String scheme = String.valueOf(host.getScheme()).toLowerCase(Locale.ROOT);
        if (host.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new ConfigurationException(
                    setting + " is no base URL: write https://HOST or, for an emulator, http://HOST:PORT");
        }
        if (scheme.equals("http")) {
            return request -> {};
        }
        try {
            return new HttpCredentialsAdapter(GoogleCredentials.getApplicationDefault()
                    .createScoped("https://www.googleapis.com/auth/cloud-platform"));
        } catch (IOException | RuntimeException e) { // what it says of a broken key file can quote the file
            throw new ConfigurationException(
                    "There are no Google credentials that can be used: give the service a service account, point"
                            + " GOOGLE_APPLICATION_CREDENTIALS at a key file, or run gcloud auth application-default login");
        }
    }

    /** What a generated client of this API is built with. */
    public HttpTransport transport() {
        return transport;
    }

    /** What a generated client of this API is built with. */
    public HttpRequestInitializer credentials() {
        return credentials;
    }

    /**
     * Sends a request until it is answered, once more after an answer that asks for it, a broken connection or a
     * silence, with pauses that grow and are no two alike. Blocks.
     *
     * @return the last answer, good or bad
     * @throws NotCommittedException when there was none
     */
    public Answer call(RequestMaker request, Deadline deadline) {
        for (int tried = 0; ; tried++) {
            Answer answer = null;
            try {
                HttpRequest made = request.make(); // waits for a token, if need be
                if (deadline.millisLeft() >= MIN_TRY_MS) {
                    answer = once(made, deadline);
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

    private static Answer once(HttpRequest request, Deadline deadline) throws IOException {
        int limit = (int) Math.clamp(deadline.millisLeft(), 1, MAX_TRY_MS);
        HttpResponse response = request.setConnectTimeout((int) Math.min(limit, MAX_CONNECT_MS))
                .setReadTimeout(limit)
                .setEncoding(null) // a row is small, and gzip dear
                .setNumberOfRetries(1)
                .setFollowRedirects(false)
                .setThrowExceptionOnExecuteError(false)
                .execute();
        try {
            return new Answer(response.getStatusCode(), json(response));
        } finally {
            response.disconnect();
        }
    }

    private static JsonNode json(HttpResponse response) throws IOException {
        if (response.getContent() == null) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(response.getContent());
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
