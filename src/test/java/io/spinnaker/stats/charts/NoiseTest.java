package io.spinnaker.stats.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.storage.TestStorage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of noise.sql. */
class NoiseTest {

    /** Ratio of the geometric distribution: the standard deviation is the square root of two. */
    private static final double RATIO = (3 - Math.sqrt(5)) / 2;

    private static final int KEYS = 200_000;

    static Stream<Supplier<TestStorage>> engines() {
        return Stream.of(TestStorage::duckDb, TestStorage::googleSql);
    }

    /** Over all cell keys, and so exactly. */
    @ParameterizedTest
    @MethodSource("engines")
    void isTwoSidedGeometric(Supplier<TestStorage> engine) {
        Map<Long, Long> keys = new HashMap<>();
        noise(engine, LongStream.range(0, KEYS)).forEach(noise -> keys.merge(noise, 1L, Long::sum));

        assertThat(keys.keySet()).containsExactlyInAnyOrder(-6L, -5L, -4L, -3L, -2L, -1L, 0L, 1L, 2L, 3L, 4L, 5L, 6L);
        double zero = (1 - RATIO) / (1 + RATIO);
        for (int noise = 0; noise < 6; noise++) { // the last one has the whole tail
            double expected = KEYS * zero * Math.pow(RATIO, noise);
            assertThat((double) keys.getOrDefault((long) noise, 0L))
                    .isBetween(expected * 0.99 - 2, expected * 1.01 + 2);
            assertThat(keys.get((long) -noise)).isEqualTo(keys.get((long) noise));
        }
        double variance = keys.entrySet().stream()
                        .mapToDouble(key -> key.getValue() * key.getKey() * key.getKey())
                        .sum()
                / KEYS;
        assertThat(Math.sqrt(variance)).isBetween(1.38, 1.42);
    }

    /** The sum of keys of which at least one is unknown is uniform, so a known instance more or less tells nothing. */
    @ParameterizedTest
    @MethodSource("engines")
    void averagesToZeroOverSetsOfInstances(Supplier<TestStorage> engine) {
        Random random = new Random(42);
        LongStream sums = IntStream.range(0, 20_000)
                .mapToLong(set -> random.longs(1 + set % 40, 0, KEYS).sum());
        assertThat(noise(engine, sums).mapToLong(noise -> noise).average().orElseThrow())
                .isBetween(-0.05, 0.05);
    }

    private static Stream<Long> noise(Supplier<TestStorage> engine, LongStream keys) {
        List<Long> all = new ArrayList<>();
        String noise = ClasspathResource.text("/charts/rules/noise.sql");
        try (TestStorage storage = engine.get()) {
            List<Long> list = keys.boxed().toList();
            for (int from = 0; from < list.size(); from += 2_000) {
                String rows = list.subList(from, Math.min(list.size(), from + 2_000)).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
                storage.sqlEngine()
                        .query("SELECT " + noise + " AS noise FROM UNNEST([" + rows + "]) AS " + alias(storage))
                        .forEach(row -> all.add((Long) row.get("noise")));
            }
        }
        return all.stream();
    }

    /** DuckDB's UNNEST is a table, GoogleSQL's a column. */
    private static String alias(TestStorage storage) {
        return storage.sqlEngine().fileSuffix().contains("duckdb") ? "keys(cell_key)" : "cell_key";
    }
}
