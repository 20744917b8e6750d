package io.spinnaker.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** No verdict becomes more permissive towards a removal if a month is missing or numbers have noise. */
class JudgePropertyTest {

    private static final int RUNS = 2000;

    /** From the least to the most permissive headline. Without a verdict, nothing is permitted. */
    private static final List<String> AFFECTED = List.of("Many instances", "Some instances", "Few instances, if any");

    private static final List<String> TRACTION =
            List.of("Growing", "Stable", "Shrinking", "No longer reported", "Never reported");

    /** The true numbers of a feature in a month. */
    private record Count(long total, long instances) {}

    private static int affected(Judge.Verdicts verdicts) {
        return AFFECTED.indexOf(verdicts.affected().headline());
    }

    private static int traction(Judge.Verdicts verdicts) {
        return Math.min(TRACTION.indexOf(verdicts.traction().headline()), TRACTION.indexOf("No longer reported"));
    }

    /** A random walk, in a community of random size, so that all verdicts occur. */
    private static List<Count> randomCounts(NoiseSource random) {
        double relativeSize = random.next();
        double size = 110 + Math.floor(relativeSize * relativeSize * 2000);
        double share = random.next() < 0.4 ? random.next() * 0.06 : random.next();
        double drift = (random.next() - 0.5) * 0.12;
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < SampleSeries.MONTHS; i++) {
            share = Math.min(1, Math.max(0, share * (1 + drift + (random.next() - 0.5) * 0.1)));
            long total = Math.round(size * (0.97 + 0.06 * random.next()));
            counts.add(new Count(total, Math.round(share * total)));
        }
        return counts;
    }

    private static Series publish(List<Count> counts, LongSupplier noise, boolean hasNoise) {
        return SampleSeries.of(i -> NoiseSource.published(
                        counts.get(i).instances() == 0 ? 0 : counts.get(i).instances() + noise.getAsLong()))
                .withTotals(new Remembered(i -> counts.get(i).total() + noise.getAsLong()))
                .withNoise(hasNoise)
                .series();
    }

    /** Computes each number once, so that its noise stays. */
    private static final class Remembered implements SampleSeries.Numbers {

        private final long[] numbers = new long[SampleSeries.MONTHS];

        Remembered(IntToLongFunction numbers) {
            for (int i = 0; i < SampleSeries.MONTHS; i++) {
                this.numbers[i] = numbers.applyAsLong(i);
            }
        }

        @Override
        public Long at(int index) {
            return numbers[index];
        }
    }

    @Test
    void isNotMorePermissiveIfAMonthIsRemoved() {
        NoiseSource random = new NoiseSource(1);
        Set<String> seen = new TreeSet<>();
        for (int run = 0; run < RUNS; run++) {
            Series series = publish(randomCounts(random), random::noise, true);
            Judge.Verdicts all = Judge.judge(series);
            seen.add("affected " + affected(all));
            seen.add("traction " + traction(all));
            int index = 1 + (int) (random.next() * (SampleSeries.MONTHS - 1));
            Judge.Verdicts without = Judge.judge(SampleSeries.without(series, index));
            assertThat(affected(without)).as("run %d, month %d", run, index).isLessThanOrEqualTo(affected(all));
            assertThat(traction(without)).as("run %d, month %d", run, index).isLessThanOrEqualTo(traction(all));
        }
        assertThat(seen).as("all verdicts occur").hasSize(3 + 5);
    }

    @Test
    void doesNotAffectFewerInstancesIfEachNumberGetsNoiseOfUpToThreeStandardDeviations() {
        NoiseSource random = new NoiseSource(2);
        for (int run = 0; run < RUNS; run++) {
            List<Count> counts = randomCounts(random);
            int exact = affected(Judge.judge(publish(counts, () -> 0, false)));
            long[] worst = {-4, -4, 4, Math.round(8 * random.next() - 4)};
            int noisy = affected(Judge.judge(publish(counts, () -> worst[(int) (random.next() * 4)], true)));
            assertThat(noisy).as("run %d", run).isLessThanOrEqualTo(exact);
            int lowest = affected(
                    SampleSeries.of(i -> NoiseSource.published(counts.get(i).instances() - 4))
                            .withTotals(i -> counts.get(i).total() + 4)
                            .judge());
            assertThat(lowest).as("run %d", run).isLessThanOrEqualTo(exact);
        }
    }

    @Test
    void isNotMorePermissiveIfTheSameNumbersAreKnownToHaveNoise() {
        NoiseSource random = new NoiseSource(3);
        for (int run = 0; run < RUNS; run++) {
            List<Count> counts = randomCounts(random);
            Judge.Verdicts exact = Judge.judge(publish(counts, () -> 0, false));
            Judge.Verdicts noisy = Judge.judge(publish(counts, () -> 0, true));
            assertThat(affected(noisy)).as("run %d", run).isLessThanOrEqualTo(affected(exact));
            assertThat(traction(noisy)).as("run %d", run).isLessThanOrEqualTo(traction(exact));
        }
    }
}
