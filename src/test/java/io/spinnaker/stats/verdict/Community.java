package io.spinnaker.stats.verdict;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Synthetic communities whose true trends are known, and their numbers as they are published. */
final class Community {

    private static final int MONTHS = SampleSeries.MONTHS;

    /** Instances that leave in a month, in which as many others arrive. About 4 of 10 are others after a year. */
    private static final double TURNOVER = 0.04;

    /** Instances that report on enough days of a month to be counted. */
    private static final double COUNTED = 0.95;

    /** Instances with the feature that do not use it in each month, and how often they do. */
    private static final double OCCASIONAL = 0.25;

    private static final double OCCASIONAL_USE = 0.6;

    /** Instances that use the feature regularly, or see it fail, of those that use it. */
    private static final double REGULAR = 0.6;

    private static final double FAILING = 0.15;

    private Community() {}

    /**
     * A true trend: picks the share of instances that have the feature, by month; the last month is 35. All but the last two
     * are about features that 5 % of instances or more use, at least at first.
     */
    enum Trend {
        STABLE,
        GROWING,
        SHRINKING,
        GONE,
        NEVER,
        RARE;

        IntToDoubleFunction pick(NoiseSource random) {
            return switch (this) {
                case STABLE -> constant(random.share(0.05, 0.9));
                case GROWING -> {
                    double before = random.share(0.05, 0.4);
                    boolean isNew = random.next() < 0.3;
                    double after = Math.min(0.95, before * random.between(2, 3));
                    yield line(isNew ? 0 : before, after, isNew ? random.between(23, 30) : 21, 35);
                }
                case SHRINKING -> {
                    double after = random.share(0.05, 0.4);
                    yield line(Math.min(0.95, after * random.between(2, 3)), after, 21, 35);
                }
                case GONE -> {
                    double end = random.between(20, 32);
                    double before = random.share(0.05, 0.9);
                    yield line(before, 0, end - random.between(3, 12), end);
                }
                case NEVER -> constant(0);
                case RARE -> constant(random.share(0.002, 0.02));
            };
        }
    }

    private static IntToDoubleFunction constant(double share) {
        return month -> share;
    }

    /** From one share to another, in a straight line of months. */
    private static IntToDoubleFunction line(double from, double to, double start, double end) {
        return month -> from + (to - from) * Math.min(1, Math.max(0, (month - start) / (end - start)));
    }

    /** True numbers of a month. */
    record Count(long total, long instances, long regular, long failing) {}

    /** The published numbers, and the truth by month. */
    record Report(Series series, List<Count> truth) {}

    /** An instance that has the feature while its share is above {@code early}: the smaller, the earlier it adopts features. */
    private record Instance(double early, boolean isOccasional, boolean isRegular, boolean fails) {

        static Instance arrive(NoiseSource random) {
            return new Instance(
                    random.next(), random.next() < OCCASIONAL, random.next() < REGULAR, random.next() < FAILING);
        }
    }

    /** Lets a community of about that size report for 36 months, with the given share of instances by month. */
    static Report report(NoiseSource random, int size, IntToDoubleFunction share) {
        List<Instance> community = new ArrayList<>(Stream.generate(() -> Instance.arrive(random))
                .limit(Math.round(size / COUNTED))
                .toList());
        List<Count> truth = new ArrayList<>();
        List<LocalDate> months = new ArrayList<>();
        List<@Nullable Long> totals = new ArrayList<>();
        List<@Nullable Long> instances = new ArrayList<>();
        List<@Nullable Long> regular = new ArrayList<>();
        List<@Nullable Long> failing = new ArrayList<>();
        for (int month = 0; month < MONTHS; month++) {
            Count count = countMonth(random, community, share.applyAsDouble(month));
            truth.add(count);
            months.add(SampleSeries.month(month));
            totals.add(publish(random, count.total()));
            Long published = publish(random, count.instances());
            instances.add(published);
            regular.add(published == null ? null : publish(random, count.regular()));
            failing.add(published == null ? null : publish(random, count.failing()));
        }
        return new Report(new Series(months, totals, instances, regular, failing, 5, true, Verb.USE), truth);
    }

    private static @Nullable Long publish(NoiseSource random, long count) {
        return NoiseSource.published(count == 0 ? 0 : count + random.noise());
    }

    private static Count countMonth(NoiseSource random, List<Instance> community, double share) {
        long total = 0;
        long instances = 0;
        long regular = 0;
        long failing = 0;
        for (int i = 0; i < community.size(); i++) {
            if (random.next() < TURNOVER) {
                community.set(i, Instance.arrive(random));
            }
            Instance instance = community.get(i);
            if (random.next() < COUNTED) {
                total++;
                if (instance.early < share && (!instance.isOccasional || random.next() < OCCASIONAL_USE)) {
                    instances++;
                    regular += instance.isRegular && !instance.isOccasional ? 1 : 0;
                    failing += instance.fails ? 1 : 0;
                }
            }
        }
        return new Count(total, instances, regular, failing);
    }
}
