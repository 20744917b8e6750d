package io.spinnaker.stats.contract;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random choices that depend on a seed only, so that a failing test can be repeated. */
public final class Randomly {

    private final SplittableRandom random;

    public Randomly(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** True with the given probability. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A number of at least min and at most max; often one of the two. */
    public int number(int min, int max) {
        if (chance(0.1)) {
            return chance(0.5) ? min : max;
        }
        return (int) random.nextLong(min, max + 1L);
    }

    /** An element of the list. */
    public <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The value of one of the suppliers. */
    @SafeVarargs
    public final <T> T oneOf(Supplier<? extends T>... suppliers) {
        return suppliers[random.nextInt(suppliers.length)].get();
    }

    /** A list of at most max values. */
    public <T> List<T> list(int max, Supplier<T> value) {
        return Stream.generate(value).limit(number(0, max)).toList();
    }

    /** Text of all Unicode characters without surrogates. */
    public String text(int minLength, int maxLength) {
        return IntStream.range(0, number(minLength, maxLength))
                .map(i -> character())
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private int character() {
        return oneOf(
                () -> number(0, 0x7F),
                () -> number(0, Character.MIN_SURROGATE - 1),
                () -> number(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT));
    }

    /** Text of UTF-16 units, half surrogate pairs included. */
    public String units(int maxLength) {
        return IntStream.range(0, number(0, maxLength))
                .map(i -> number(0, Character.MAX_VALUE))
                .collect(StringBuilder::new, (text, unit) -> text.append((char) unit), StringBuilder::append)
                .toString();
    }

    /** 64 lower-case hex digits. */
    public String sha256() {
        return "%016x%016x%016x%016x"
                .formatted(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
