package io.spinnaker.stats.dashboard;

/**
 * A file that everybody may read.
 *
 * @param name such as {@code versions.json}
 * @param contentType with its charset
 * @param content the same bytes for the same data. Shared: not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares files
public record DataFile(String name, String contentType, byte[] content) {}
