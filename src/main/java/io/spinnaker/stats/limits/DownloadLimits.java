package io.spinnaker.stats.limits;

import java.time.Duration;

/**
 * Limits of serving the public files at {@code /data}.
 *
 * @param maxOutgoingBytes bytes of responses that clients have not received yet; a single response always fits
 * @param maxFileBytes size of one file; a larger one is neither written nor served
 * @param freshFor how long a cached file is served without asking the bucket again
 * @param retryAfter how long the bucket is not asked again after a failure, or for a file that does not exist
 * @param connectTimeout timeout of a connection to the bucket
 * @param readTimeout timeout of one read from the bucket
 * @param downloadTimeout time for one file to arrive from the bucket
 */
public record DownloadLimits(
        long maxOutgoingBytes,
        int maxFileBytes,
        Duration freshFor,
        Duration retryAfter,
        Duration connectTimeout,
        Duration readTimeout,
        Duration downloadTimeout) {}
