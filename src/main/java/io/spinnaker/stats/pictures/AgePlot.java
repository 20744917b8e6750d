package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.AllowLists;
import io.spinnaker.stats.charts.AllowLists.Release;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.pictures.Plot.Tick;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How fast instances move to a release: one line per release, by months since its date. */
final class AgePlot {

    private static final int MAX_RELEASES = 6;
    private static final int STEP = 3;

    private AgePlot() {}

    static Plot of(ChartData data) {
        Measure measure = Measure.of(data.chart());
        List<LocalDate> periods = data.timeline().stream()
                .filter(period -> data.total(period) != null)
                .toList();
        List<Series> lines = new ArrayList<>();
        for (String label : newestLabels(data)) {
            Release release = releaseOf(label);
            if (release != null && lines.size() < MAX_RELEASES) {
                List<@Nullable Double> byAge = byAge(release, periods, measure.values(data, label, periods));
                if (byAge.stream().anyMatch(value -> value != null)) {
                    lines.add(new Series(release.line(), Palette.of(label), byAge));
                }
            }
        }
        int size = lines.stream().mapToInt(line -> line.last() + 1).max().orElse(0);
        Long total = data.lastPeriod().map(data::total).orElse(null);
        return new Plot(
                "% of instances on the release or a newer one",
                measure,
                false,
                lines.stream().map(line -> resized(line, size)).toList(),
                size,
                IntStream.range(0, size)
                        .filter(age -> size <= 2 * STEP || age % STEP == 0)
                        .mapToObj(age -> new Tick(age, String.valueOf(age)))
                        .toList(),
                "months since release",
                Collections.nCopies(size, measure.noise(total)),
                Collections.nCopies(size, false),
                List.of(),
                0);
    }

    /** The labels that name a release with a date, newest first. */
    static List<String> newestLabels(ChartData data) {
        return data.labels().stream()
                .filter(label -> releaseOf(label) != null)
                .sorted(Labels.byOrder())
                .toList();
    }

    /** The release of a label such as "2026.2 or newer"; null if it has no date. */
    static @Nullable Release releaseOf(String label) {
        String line = Labels.release(label);
        return AllowLists.releases().stream()
                .filter(release -> release.line().equals(line) && release.date() != null)
                .findFirst()
                .orElse(null);
    }

    /** The whole months from that of the release to the period. */
    static int age(Release release, LocalDate period) {
        LocalDate date = Objects.requireNonNull(release.date());
        return (int) ChronoUnit.MONTHS.between(YearMonth.from(date), YearMonth.from(period));
    }

    private static List<@Nullable Double> byAge(
            Release release, List<LocalDate> periods, List<@Nullable Double> values) {
        List<@Nullable Double> byAge = new ArrayList<>();
        for (int i = 0; i < periods.size(); i++) {
            int age = age(release, periods.get(i));
            while (age >= 0 && byAge.size() <= age) {
                byAge.add(null);
            }
            if (age >= 0) {
                byAge.set(age, values.get(i));
            }
        }
        return byAge;
    }

    private static Series resized(Series line, int size) {
        List<@Nullable Double> values = new ArrayList<>(
                line.values().subList(0, Math.min(size, line.values().size())));
        while (values.size() < size) {
            values.add(null);
        }
        return new Series(line.label(), line.color(), values);
    }
}
