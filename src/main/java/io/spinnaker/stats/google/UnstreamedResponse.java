package io.spinnaker.stats.google;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** An answer that has been read to its end, so that its connection is free again. */
final class UnstreamedResponse extends LowLevelHttpResponse {

    private final HttpURLConnection connection;
    private final int status;
    private final byte[] body;
    private final int headers;

    UnstreamedResponse(HttpURLConnection connection, int status, byte[] body) {
        this.connection = connection;
        this.status = status;
        this.body = body;
        int count = 0;
        while (connection.getHeaderField(count + 1) != null) {
            count++;
        }
        this.headers = count;
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

    @Override
    public @Nullable String getContentType() {
        return connection.getContentType();
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
        return null; // nobody asks for it
    }

    @Override
    public int getHeaderCount() {
        return headers;
    }

    @Override
    public String getHeaderName(int index) {
        return connection.getHeaderFieldKey(index + 1);
    }

    @Override
    public String getHeaderValue(int index) {
        return connection.getHeaderField(index + 1);
    }
}
