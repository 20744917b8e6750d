package io.spinnaker.stats.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The axis of values. */
class AxisTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1",
        "3, 1, 3, 1",
        "7, 1, 8, 2",
        "153, 1, 200, 50",
        "120, 1, 150, 50",
        "1, 0.01, 1, 0.2",
        "0.43, 0.01, 0.5, 0.1",
        "0.03, 0.01, 0.03, 0.01",
        "0, 0.01, 0.01, 0.01",
        "1000000, 1, 1000000, 200000"
    })
    void hasRoundTicksThatHoldTheValue(double value, double smallestStep, double top, double step) {
        Axis axis = Axis.upTo(value, smallestStep);
        assertThat(axis.top()).isCloseTo(top, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(axis.step()).isCloseTo(step, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(axis.ticks()).hasSizeBetween(2, 6);
    }
}
