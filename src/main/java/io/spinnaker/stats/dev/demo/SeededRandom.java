package io.spinnaker.stats.dev.demo;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Pseudo-random numbers that depend on a subject only, so that the demo data is the same each time. */
final class SeededRandom {

    private final SplittableRandom random;

    /** Seeds the generator with numbers and words. */
    SeededRandom(Object... subject) {
        long seed = 0;
        for (Object part : subject) {
            seed = new SplittableRandom(seed ^ part.hashCode()).nextLong();
        }
        this.random = new SplittableRandom(seed);
    }

    /** A number from 0 (inclusive) to 1 (exclusive). */
    double share() {
        return random.nextDouble();
    }

    /** A number from min (inclusive) to max (exclusive). */
    double between(double min, double max) {
        return random.nextDouble(min, max);
    }

    /** True with the given probability. */
    boolean chance(double probability) {
        return share() < probability;
    }

    /** An element of the list, the first ones more often. */
    <T> T pickSkewed(List<T> list) {
        return list.get((int) (share() * share() * list.size()));
    }

    /** 64 lower-case hex digits, as a SHA-256 has. */
    String hash() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
