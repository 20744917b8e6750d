package io.spinnaker.stats.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.spinnaker.stats.limits.Limits;
import io.spinnaker.stats.limits.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Sends the requests of Google's clients through the JDK's {@link HttpURLConnection}, each body as a whole. Connecting and each
 * read time out by the deadline of the attempt; a response that arrives byte by byte can take longer. Google's own transport
 * streams bodies; before each streamed body the JDK probes a kept connection with a read of one millisecond, which limits a
 * thread to some 600 calls per second. The JDK itself repeats a request once if the kept connection turns out to be closed.
 */
final class UnstreamedTransport extends HttpTransport {

    /** One idle connection per call that can be in flight; the JDK's default is 5. */
    private static final int MAX_IDLE_CONNECTIONS = Limits.BIGQUERY_ROWS.maxConcurrentCalls();

    private final RetryPolicy policy;

    UnstreamedTransport(RetryPolicy policy) {
        // the JDK reads this property at the first call
        System.setProperty("http.maxConnections", String.valueOf(MAX_IDLE_CONNECTIONS));
        this.policy = policy;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        return new Request(connection);
    }

    private final class Request extends LowLevelHttpRequest {

        private final HttpURLConnection connection;

        Request(HttpURLConnection connection) {
            this.connection = connection;
        }

        @Override
        public void addHeader(String name, String value) {
            connection.addRequestProperty(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            Duration remaining = ApiCall.remainingTime(policy.attemptTimeout());
            if (remaining.isZero()) { // to the JDK, 0 means no timeout
                throw new NoResponseException("deadline expired");
            }
            connection.setReadTimeout((int) remaining.toMillis());
            connection.setConnectTimeout(
                    (int) Math.min(remaining.toMillis(), policy.connectTimeout().toMillis()));
            try {
                return exchange();
            } catch (IOException e) { // the message can quote the URL
                throw new NoResponseException("no response");
            }
        }

        private LowLevelHttpResponse exchange() throws IOException {
            if (getStreamingContent() != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", getContentType());
                try (OutputStream out = connection.getOutputStream()) {
                    getStreamingContent().writeTo(out);
                }
            }
            int status = connection.getResponseCode();
            // the connection is reused only if the body has been read to its end
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new UnstreamedResponse(connection, status, in == null ? new byte[0] : body(in));
            }
        }

        /** Reads the body, usually some 50 bytes, for which {@code readAllBytes} would allocate 16 KiB. */
        private byte[] body(InputStream in) throws IOException {
            int length = connection.getContentLength();
            return length < 0 ? in.readAllBytes() : in.readNBytes(length);
        }
    }
}
