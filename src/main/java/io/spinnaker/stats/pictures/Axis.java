package io.spinnaker.stats.pictures;

import java.util.ArrayList;
import java.util.List;

/**
 * The axis of values, which begins at 0.
 *
 * @param top the value at its upper end
 * @param step the distance of its ticks: 1, 2 or 5 times a power of ten
 */
record Axis(double top, double step) {

    private static final int MAX_STEPS = 5;

    /**
     * An axis that holds the value.
     *
     * @param smallestStep ticks closer to each other would claim more than the numbers tell
     */
    static Axis upTo(double value, double smallestStep) {
        double step = smallestStep;
        for (int i = 0; value > MAX_STEPS * step * 1.0001; i++) {
            step *= i % 3 == 1 ? 2.5 : 2;
        }
        return new Axis(step * Math.max(1, Math.ceil(value / step - 0.0001)), step);
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= top * 1.0001; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }
}
