package io.spinnaker.stats.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private long now;
    private final CircuitBreaker breaker = new CircuitBreaker(() -> now);

    @Test
    void permitsEveryCallUntilAFailure() {
        assertThat(breaker.tryAcquirePermission()).isTrue();
        assertThat(breaker.tryAcquirePermission()).isTrue();
        assertThat(breaker.recordFailure()).isTrue();
        assertThat(breaker.tryAcquirePermission()).isFalse();
    }

    @Test
    void permitsSingleProbesWithGrowingIntervals() {
        breaker.recordFailure();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(breaker.tryAcquirePermission())
                    .as("just before %d s", seconds)
                    .isFalse();
            pass(Duration.ofMillis(1));
            assertThat(breaker.tryAcquirePermission()).as("after %d s", seconds).isTrue();
            assertThat(breaker.tryAcquirePermission()).as("the next call").isFalse();
            breaker.recordFailure(); // the try failed
        }
    }

    @Test
    void closesAfterASuccess() {
        breaker.recordFailure();
        assertThat(breaker.recordSuccess()).isTrue();
        assertThat(breaker.tryAcquirePermission()).isTrue();
        breaker.recordFailure();
        pass(Duration.ofSeconds(1));
        assertThat(breaker.tryAcquirePermission())
                .as("the first pause is short again")
                .isTrue();
    }

    @Test
    void reportsStateChangeOnce() {
        assertThat(breaker.recordSuccess()).isFalse();
        assertThat(breaker.recordFailure()).isTrue();
        assertThat(breaker.recordFailure()).isFalse();
        assertThat(breaker.recordSuccess()).isTrue();
        assertThat(breaker.recordSuccess()).isFalse();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
