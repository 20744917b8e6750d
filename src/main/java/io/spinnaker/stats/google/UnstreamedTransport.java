package io.spinnaker.stats.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * HTTP through the JDK's {@link HttpURLConnection}, which is given each body whole. Google's own transport streams it,
 * and then the JDK probes a kept connection with a read of one millisecond before every request. A request on a
 * connection that turns out to be closed, the JDK sends once more.
 */
final class UnstreamedTransport extends HttpTransport {

    /** Idle connections kept for each host, one for each call that can be under way; 5 is the JDK's own limit. */
    private static final String KEPT_CONNECTIONS = "16";

    UnstreamedTransport() {
        System.setProperty("http.maxConnections", KEPT_CONNECTIONS); // is read with the first call
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setUseCaches(false);
        connection.setInstanceFollowRedirects(false);
        return new Request(connection);
    }

    private static final class Request extends LowLevelHttpRequest {

        private final HttpURLConnection connection;

        Request(HttpURLConnection connection) {
            this.connection = connection;
        }

        @Override
        public void addHeader(String name, String value) {
            connection.addRequestProperty(name, value);
        }

        @Override
        public void setTimeout(int connectMillis, int readMillis) {
            connection.setConnectTimeout(connectMillis);
            connection.setReadTimeout(readMillis);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            if (getContentType() != null) {
                addHeader("Content-Type", getContentType());
            }
            if (getStreamingContent() != null) {
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    getStreamingContent().writeTo(out);
                }
            }
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new UnstreamedResponse(connection, status, in == null ? new byte[0] : in.readAllBytes());
            }
        }
    }
}
