package io.spinnaker.stats.web;

import io.spinnaker.stats.storage.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/**
 * A public file, ready to be served.
 *
 * @param plain the bytes; shared, do not modify
 * @param gzip the compressed bytes; shared, do not modify
 * @param tag the ETag without quotes: a hash of the bytes
 * @param cacheControl the Cache-Control header
 * @param policy the Content-Security-Policy header
 */
@SuppressWarnings("ArrayRecordComponent") // files are not compared
record CachedFile(String contentType, byte[] plain, byte[] gzip, String tag, String cacheControl, String policy) {

    /** For clients that must ask each time whether they have the current version. */
    static final String REVALIDATED = "no-cache";

    /** A file that shows nothing but itself. */
    static CachedFile of(String contentType, byte[] content, String cacheControl) {
        return of(contentType, content, cacheControl, "default-src 'none'");
    }

    static CachedFile of(String contentType, byte[] content, String cacheControl, String policy) {
        return new CachedFile(
                contentType, content, compress(content), Sha256.hex(content).substring(0, 32), cacheControl, policy);
    }

    private static byte[] compress(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return compressed.toByteArray();
    }
}
