package io.spinnaker.stats.web;

import io.spinnaker.stats.storage.Sha256;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * A public file, ready to be served.
 *
 * @param plain the bytes
 * @param gzip the compressed bytes
 * @param tag the ETag without quotes: a hash of the bytes
 * @param cacheControl the Cache-Control header
 */
record CachedFile(String contentType, Buffer plain, Buffer gzip, String tag, String cacheControl) {

    static CachedFile of(String contentType, byte[] content, String cacheControl) {
        return new CachedFile(
                contentType,
                Buffer.buffer(content),
                gzip(content),
                Sha256.hex(content).substring(0, 32),
                cacheControl);
    }

    private static Buffer gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return Buffer.buffer(compressed.toByteArray());
    }
}
