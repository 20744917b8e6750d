package io.spinnaker.stats.dev.demo;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Chance that falls the same way each time, and another way for each thing that it is thrown for. */
final class SeededRandom {

    private final SplittableRandom random;

    /** For a thing that numbers and words name. */
    SeededRandom(Object... thing) {
        long seed = 0;
        for (Object part : thing) {
            seed = new SplittableRandom(seed ^ part.hashCode()).nextLong();
        }
        this.random = new SplittableRandom(seed);
    }

    /** Evenly from 0 to 1, without 1. */
    double share() {
        return random.nextDouble();
    }

    /** Evenly from one to the other. */
    double between(double least, double most) {
        return least + (most - least) * share();
    }

    /** Whether what chance with that probability does. */
    boolean chance(double probability) {
        return share() < probability;
    }

    /** Any of them. */
    <T> T pick(List<T> list) {
        return list.get((int) (share() * list.size()));
    }

    /** Any of them, the first ones more often. */
    <T> T pickSkewed(List<T> list) {
        return list.get((int) (share() * share() * list.size()));
    }

    /** So many on average: one of the two whole numbers beside it. */
    int roundRandomly(double average) {
        return (int) (average + share());
    }

    /** What looks like a SHA-256: 64 lower-case hex digits. */
    String hash() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong());
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
