package io.spinnaker.stats.limits;

import java.time.Duration;

/**
 * Limits of pacing. A request costs one token, and one more for each {@code bytesPerToken} of the event that it brings or of the
 * file that it gets. So one rate bounds requests, rows, stored bytes and sent bytes.
 *
 * @param bytesPerToken bytes that cost as much as a request
 * @param burst for how long tokens are saved while there are fewer requests than the rate allows
 * @param maxWait longest wait for tokens; beyond it, a request is rejected after that time
 */
public record PacingLimits(int bytesPerToken, Duration burst, Duration maxWait) {}
