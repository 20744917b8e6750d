package io.spinnaker.stats.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private long now;
    private final CircuitBreaker breaker = new CircuitBreaker(() -> now);

    @Test
    void letsEverybodyThroughUntilAFailure() {
        assertThat(breaker.letsThrough()).isTrue();
        assertThat(breaker.letsThrough()).isTrue();
        assertThat(breaker.open()).isTrue();
        assertThat(breaker.letsThrough()).isFalse();
    }

    @Test
    void letsOneTryAfterAPauseThatGrows() {
        breaker.open();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(breaker.letsThrough()).as("just before %d s", seconds).isFalse();
            pass(Duration.ofMillis(1));
            assertThat(breaker.letsThrough()).as("after %d s", seconds).isTrue();
            assertThat(breaker.letsThrough()).as("who comes next").isFalse();
            breaker.open(); // the try failed
        }
    }

    @Test
    void aSuccessClosesIt() {
        breaker.open();
        assertThat(breaker.close()).isTrue();
        assertThat(breaker.letsThrough()).isTrue();
        breaker.open();
        pass(Duration.ofSeconds(1));
        assertThat(breaker.letsThrough()).as("the first pause is short again").isTrue();
    }

    @Test
    void tellsNewsOnce() {
        assertThat(breaker.close()).isFalse();
        assertThat(breaker.open()).isTrue();
        assertThat(breaker.open()).isFalse();
        assertThat(breaker.close()).isTrue();
        assertThat(breaker.close()).isFalse();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
