package io.spinnaker.stats.limits;

/**
 * Limits of one batch writer.
 *
 * @param maxConcurrentCalls calls in flight at a time
 * @param maxBatchSize items per call
 * @param maxBatchBytes bytes of items per call; a single larger item is sent alone
 * @param maxPendingItems items queued and in flight; more are rejected at once
 * @param maxPendingBytes bytes queued and in flight; more are rejected at once
 */
public record BatchLimits(
        int maxConcurrentCalls, int maxBatchSize, int maxBatchBytes, int maxPendingItems, long maxPendingBytes) {}
