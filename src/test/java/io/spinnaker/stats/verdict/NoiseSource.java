package io.spinnaker.stats.verdict;

import org.jspecify.annotations.Nullable;

/** Random numbers (mulberry32), and the noise of published numbers. The same seed gives the same numbers. */
final class NoiseSource {

    private static final int THRESHOLD = 5;

    /** The probabilities that the noise of a published number is at least 1, 2, …, 6. */
    private static final double[] AT_LEAST = {0.55279, 0.21115, 0.08065, 0.03081, 0.01177, 0.00449};

    private int state;

    NoiseSource(int seed) {
        this.state = seed;
    }

    /** A number from 0 to 1. */
    double next() {
        state += 0x6d2b79f5;
        int mixed = (state ^ (state >>> 15)) * (state | 1);
        mixed ^= mixed + (mixed ^ (mixed >>> 7)) * (mixed | 61);
        return Integer.toUnsignedLong(mixed ^ (mixed >>> 14)) / 4294967296.0;
    }

    double between(double from, double to) {
        return from + (to - from) * next();
    }

    /** A share between these, more often a small one. */
    double share(double from, double to) {
        return Math.exp(between(Math.log(from), Math.log(to)));
    }

    /** The noise of a published number: from -6 to 6, with a standard deviation of 1.4. */
    long noise() {
        double chance = next();
        long size = 0;
        for (double probability : AT_LEAST) {
            size += chance < probability ? 1 : 0;
        }
        return next() < 0.5 ? -size : size;
    }

    /** A number as it is published: null if it is below the threshold. */
    static @Nullable Long published(long number) {
        return number >= THRESHOLD ? Long.valueOf(number) : null;
    }
}
