package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.pictures.Plot.Mark;
import io.spinnaker.stats.pictures.Plot.Tick;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Daily numbers as weekly means, because they follow the days of the week. In the first two weeks, each day has its own value.
 *
 * @param begins the first day of each week, oldest first; the last week ends with the last day
 * @param length 7, or 1 if each day has its own value
 */
record WeeklyPlot(ChartData data, List<LocalDate> begins, int length) {

    private static final int WEEKS = 53;
    private static final int DAYS_PER_WEEK = 7;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.UK);

    static WeeklyPlot of(ChartData data) {
        List<LocalDate> days = data.timeline();
        int length = days.size() < 2 * DAYS_PER_WEEK ? 1 : DAYS_PER_WEEK;
        int weeks = Math.min(WEEKS, days.size() / length);
        List<LocalDate> begins = IntStream.range(0, weeks)
                .mapToObj(week -> days.get(days.size() - length * (weeks - week)))
                .toList();
        return new WeeklyPlot(data, begins, length);
    }

    /** A week with a day without data has no value. */
    Plot plot() {
        Measure measure = Measure.of(data.chart());
        List<String> labels = data.labels();
        List<Series> series = new ArrayList<>();
        for (String label : labels) {
            List<@Nullable Double> means = new ArrayList<>();
            begins.forEach(begin -> means.add(mean(measure.values(data, label, days(begin)))));
            series.add(new Series(labels.size() == 1 ? meanOrNothing() : label, Palette.of(label), means));
        }
        return new Plot(
                "instances per day" + (length == 1 ? "" : ", weekly mean"),
                measure,
                false,
                series.stream().filter(each -> each.last() >= 0).toList(),
                begins.size(),
                ticks(),
                null,
                begins.stream().map(begin -> measure.noise(data.total(begin))).toList(),
                begins.stream()
                        .map(begin -> days(begin).stream().anyMatch(day -> data.total(day) == null))
                        .toList(),
                Mark.ofReleases(
                        begins.size(), day -> ChronoUnit.DAYS.between(begins.getFirst(), day) / (double) length - 0.5),
                0);
    }

    private String meanOrNothing() {
        return length == 1 ? "" : "mean";
    }

    /** The first week of each month, or each day. */
    private List<Tick> ticks() {
        return IntStream.range(0, begins.size())
                .filter(i -> length == 1 || begins.get(i).getDayOfMonth() <= DAYS_PER_WEEK)
                .mapToObj(i -> new Tick(i, (length == 1 ? DAY : MONTH).format(begins.get(i))))
                .toList();
    }

    private List<LocalDate> days(LocalDate begin) {
        return begin.datesUntil(begin.plusDays(length)).toList();
    }

    private static @Nullable Double mean(List<@Nullable Double> values) {
        return values.contains(null)
                ? null
                : (Double) values.stream()
                        .mapToDouble(Objects::requireNonNull)
                        .average()
                        .orElseThrow();
    }

    /** The last value, and that of the week a year before if there is one, in a sentence. */
    String caption() {
        List<Series> all = plot().series();
        if (all.isEmpty()) {
            return "No week has complete data.";
        }
        Series series = all.getFirst();
        int last = series.last();
        String instances = Format.plural(Math.round(series.valueOrZero(last)), "instance");
        if (length == 1) {
            return instances + " on " + Format.day(begins.get(last)) + ".";
        }
        String text = "On average " + instances + " per day in the week to "
                + Format.day(begins.get(last).plusDays(length - 1L));
        int yearBefore = last - (WEEKS - 1);
        boolean isKnown = yearBefore >= 0 && series.values().get(yearBefore) != null;
        return text
                + (isKnown
                        ? ", " + Format.number(Math.round(series.valueOrZero(yearBefore))) + " a year before."
                        : ".");
    }

    /** "No complete data for 3 days."; null if all have. */
    @Nullable
    String explainGaps() {
        long days = begins.stream()
                .flatMap(begin -> days(begin).stream())
                .filter(day -> data.total(day) == null)
                .count();
        return days == 0 ? null : "No complete data for " + Format.plural(days, "day") + ".";
    }
}
