package io.spinnaker.stats.limits;

import java.time.Duration;

/**
 * Limits of the requests to the service, all bodies together unless stated otherwise.
 *
 * @param largeBodyBytes a body is large once it has this size; a pipeline of 1,000 stages has 190 KB, usual events 1 to 15
 * @param maxLargeBodyBytes bytes of large bodies from their arrival until storage has responded; more are rejected
 * @param freeParts parts in which one body may arrive whatever their size: chunks, or what one read from the network gives
 * @param minPartBytes mean size of further parts; below it, the connection is closed
 * @param bodyTimeout time for one body to arrive
 * @param maxArrivingBytes bytes of bodies that are still arriving; above it the largest are disconnected
 * @param maxInFlightBytes bytes of complete bodies whose response has not been sent
 * @param maxDrainedBytes bytes that are read and discarded of one body after an early response
 */
public record RequestLimits(
        int largeBodyBytes,
        long maxLargeBodyBytes,
        int freeParts,
        int minPartBytes,
        Duration bodyTimeout,
        long maxArrivingBytes,
        long maxInFlightBytes,
        long maxDrainedBytes) {}
