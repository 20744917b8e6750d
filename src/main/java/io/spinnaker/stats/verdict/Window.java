package io.spinnaker.stats.verdict;

import java.util.stream.IntStream;

/**
 * Months in a row whose mean is judged, because one month alone can be an outlier.
 *
 * @param start the index of the first one
 * @param end the index after the last one
 */
record Window(int start, int end) {

    /** The length of a window. */
    static final int MONTHS = 3;

    static Window from(int start) {
        return new Window(start, start + MONTHS);
    }

    IntStream indexes() {
        return IntStream.range(start, end);
    }

    int last() {
        return end - 1;
    }
}
