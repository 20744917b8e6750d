package io.spinnaker.stats.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The algorithm, on a clock that moves only when a test moves it. */
class RateLimiterTest {

    private static final int RATE = 10;
    private static final int CAPACITY = 50;
    private static final Duration MAX_WAIT = Duration.ofMillis(1_500);

    private long now = Long.MAX_VALUE - 1_000_000_000L; // nanoTime can overflow
    private final RateLimiter limiter = new RateLimiter(RATE, Duration.ofSeconds(5), () -> now);

    @Test
    void acceptsABurstAtOnce() {
        IntStream.range(0, CAPACITY).forEach(request -> assertWait(Duration.ZERO, acquire(1)));
        assertWait(Duration.ofMillis(100), acquire(1));
    }

    @Test
    void queuesRequestsInTheOrderOfTheirArrival() {
        acquire(CAPACITY);
        assertWait(Duration.ofMillis(100), acquire(1));
        assertWait(Duration.ofMillis(350), acquire(2.5));
        assertWait(Duration.ofMillis(450), acquire(1));
    }

    @Test
    void rejectsWhatWouldWaitTooLongAndTakesNothing() {
        acquire(CAPACITY);
        assertWait(MAX_WAIT, acquire(15));
        assertThat(acquire(0.1)).isEmpty();
        assertThat(acquire(20)).isEmpty();
        now += Duration.ofMillis(100).toNanos();
        assertWait(MAX_WAIT, acquire(1));
    }

    @Test
    void savesTokensUpToTheCapacity() {
        acquire(CAPACITY);
        now += Duration.ofDays(1).toNanos();
        assertWait(Duration.ZERO, acquire(CAPACITY));
        assertWait(Duration.ofMillis(100), acquire(1));
    }

    /** An event of 1 MiB costs 257 requests, more than a low rate ever saves. */
    @Test
    void acceptsARequestBeyondTheCapacityAndDelaysTheNextOnes() {
        assertWait(Duration.ZERO, acquire(CAPACITY + 20));
        assertThat(acquire(1)).isEmpty();
        now += Duration.ofSeconds(2).toNanos();
        assertWait(Duration.ofMillis(100), acquire(1));
    }

    /** Files leave half of the tokens to events. */
    @Test
    void keepsReservedTokensForOtherRequests() {
        assertWait(Duration.ZERO, limiter.tryAcquire(CAPACITY / 2.0, 0.5, MAX_WAIT));
        assertWait(Duration.ofMillis(100), limiter.tryAcquire(1, 0.5, MAX_WAIT));
        assertWait(Duration.ZERO, acquire(CAPACITY / 2.0 - 1));
        assertThat(limiter.tryAcquire(1, 0.5, MAX_WAIT)).isEmpty();
        assertWait(Duration.ofMillis(100), acquire(1));
    }

    @Test
    void holdsTheRateWhateverArrives() {
        Random random = new Random(17);
        double accepted = 0;
        long start = now;
        for (int request = 0; request < 100_000; request++) {
            now += random.nextInt(20_000_000); // 100 requests per second that cost 5 each, 50 times the rate
            double cost = 1 + random.nextInt(9);
            accepted += acquire(cost).isPresent() ? cost : 0;
        }
        double seconds = (now - start) / 1e9;
        assertThat(accepted).isBetween(0.99 * RATE * seconds, RATE * (seconds + 1.5) + CAPACITY);
    }

    private Optional<Duration> acquire(double cost) {
        return limiter.tryAcquire(cost, 0, MAX_WAIT);
    }

    /** Compares to the nearest millisecond, because tokens are fractions. */
    private static void assertWait(Duration expected, Optional<Duration> actual) {
        assertThat(actual.map(wait -> wait.plusNanos(500_000).toMillis())).contains(expected.toMillis());
    }
}
