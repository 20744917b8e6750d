package io.spinnaker.stats.pictures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line, or a part of a stack.
 *
 * @param label its name in the picture
 * @param color its colour
 * @param values one value per position on the x-axis; null where nothing is published
 */
record Series(String label, Color color, List<@Nullable Double> values) {

    static Series of(String label, List<@Nullable Double> values) {
        return new Series(label, Palette.of(label), values);
    }

    /** The position of its last value; -1 if it has none. */
    int last() {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (values.get(i) != null) {
                return i;
            }
        }
        return -1;
    }

    /** The value at the position, or 0. */
    double valueOrZero(int position) {
        Double value = values.get(position);
        return value == null ? 0 : value;
    }
}
