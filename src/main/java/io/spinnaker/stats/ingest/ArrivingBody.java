package io.spinnaker.stats.ingest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One request body while it arrives. Its own event loop adds to it; another one may drop it to free memory, so all methods
 * are synchronized.
 */
final class ArrivingBody {

    private final HttpConnection connection;
    private final long startedAt = System.nanoTime();
    private @Nullable Buffer content = Buffer.buffer(0);

    ArrivingBody(HttpConnection connection) {
        this.connection = connection;
    }

    /** Appends a part of the body and returns the bytes so far; -1 if the body has been dropped. */
    synchronized int append(Buffer part) {
        if (content == null) {
            return -1;
        }
        content = content.length() == 0 ? part : content.appendBuffer(part);
        return content.length();
    }

    /** Takes the content out; null if it has been taken or dropped. */
    synchronized @Nullable Buffer take() {
        Buffer taken = content;
        content = null;
        return taken;
    }

    synchronized boolean isTaken() {
        return content == null;
    }

    /** The bytes that are held here. */
    synchronized int heldBytes() {
        return content == null ? 0 : content.length();
    }

    long startedAt() {
        return startedAt;
    }

    HttpConnection connection() {
        return connection;
    }
}
