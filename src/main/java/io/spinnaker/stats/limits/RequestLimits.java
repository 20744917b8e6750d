package io.spinnaker.stats.limits;

import java.time.Duration;

/**
 * Limits of the requests to the service, all bodies together unless stated otherwise.
 *
 * @param largeBodyBytes a body of this size, or of unknown size, is large; real events have at most some 15 KB
 * @param maxLargeBodies large bodies at a time; more are rejected
 * @param bodyTimeout time for one body to arrive
 * @param maxArrivingBytes bytes of bodies that are still arriving; above it the largest are disconnected
 * @param maxInFlightBytes bytes of complete bodies whose response has not been sent
 * @param maxDrainedBytes bytes that are read and discarded of one body after an early response
 */
public record RequestLimits(
        int largeBodyBytes,
        int maxLargeBodies,
        Duration bodyTimeout,
        long maxArrivingBytes,
        long maxInFlightBytes,
        long maxDrainedBytes) {}
