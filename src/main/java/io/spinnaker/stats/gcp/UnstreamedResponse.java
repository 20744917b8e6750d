package io.spinnaker.stats.gcp;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body has been read. It shows only the header that the HTTP client needs besides those that have a method
 * here, because the client would read each header by reflection.
 */
final class UnstreamedResponse extends LowLevelHttpResponse {

    private static final String AUTHENTICATE = "WWW-Authenticate";

    private final HttpURLConnection connection;
    private final int status;
    private final byte[] body;
    private final @Nullable String authenticate;

    UnstreamedResponse(HttpURLConnection connection, int status, byte[] body) {
        this.connection = connection;
        this.status = status;
        this.body = body;
        this.authenticate = connection.getHeaderField(AUTHENTICATE);
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(body);
    }

    @Override
    public @Nullable String getContentEncoding() {
        return connection.getContentEncoding();
    }

    @Override
    public long getContentLength() {
        return body.length;
    }

    /** Absent for a success, which is JSON in any case: the client would take it apart with a regular expression. */
    @Override
    public @Nullable String getContentType() {
        return status < 400 ? null : connection.getContentType();
    }

    @Override
    public @Nullable String getStatusLine() {
        return connection.getHeaderField(0);
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    public @Nullable String getReasonPhrase() {
        return null;
    }

    @Override
    public int getHeaderCount() {
        return authenticate == null ? 0 : 1;
    }

    @Override
    public String getHeaderName(int index) {
        return AUTHENTICATE;
    }

    @Override
    public @Nullable String getHeaderValue(int index) {
        return authenticate;
    }
}
