package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Chart.Order;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.pictures.Plot.Mark;
import io.spinnaker.stats.pictures.Plot.Tick;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last months of a chart: a year, and the month a year before the last one. */
final class TrendPlot {

    private static final int MONTHS = 13;

    /** More lines, or more parts of a stack, are hard to tell apart. */
    private static final int MAX_SERIES = 8;

    /** More months without data are counted, not named. */
    private static final int MAX_NAMED = 4;

    private static final DateTimeFormatter SHORT_MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.UK);

    private TrendPlot() {}

    /** The months, oldest first. */
    static List<LocalDate> months(ChartData data) {
        List<LocalDate> timeline = data.timeline();
        return timeline.subList(Math.max(0, timeline.size() - MONTHS), timeline.size());
    }

    static Plot of(ChartData data) {
        Chart chart = data.chart();
        Measure measure = Measure.of(chart);
        List<LocalDate> periods = months(data);
        List<Boolean> missing =
                periods.stream().map(period -> data.total(period) == null).toList();
        List<Series> all = data.labels().stream()
                .map(label -> Series.of(label, measure.values(data, label, periods)))
                .filter(series -> series.last() >= 0)
                .toList();
        boolean isStack = measure.isAdditive(chart) && all.size() > 1;
        Selection selection = Selection.of(chart, all, isStack, missing);
        return new Plot(
                measure.title(),
                measure,
                isStack,
                selection.series(),
                periods.size(),
                IntStream.range(0, periods.size())
                        .mapToObj(i -> new Tick(i, SHORT_MONTH.format(periods.get(i))))
                        .toList(),
                null,
                periods.stream()
                        .map(period -> measure.noise(data.total(period)))
                        .toList(),
                missing,
                Stream.concat(
                                annotations(data, periods),
                                Mark.ofReleases(periods.size(), day -> positionOfDay(periods, day)).stream())
                        .toList(),
                selection.omitted());
    }

    /**
     * The series that a reader can tell apart.
     *
     * @param series in reading order, greys last
     * @param omitted labels that have none
     */
    private record Selection(List<Series> series, int omitted) {

        /** Selects the largest ones. In a stack, the sum of the others is a series, too. */
        static Selection of(Chart chart, List<Series> all, boolean isStack, List<Boolean> missing) {
            List<Series> series = new ArrayList<>();
            List<Series> named = new ArrayList<>(all.stream()
                    .filter(each -> !Labels.isGrey(each.label()))
                    .sorted(byWeight(isStack, missing))
                    .toList());
            boolean isFolded = isStack && named.size() > MAX_SERIES;
            boolean areReleases = named.stream().allMatch(each -> Labels.release(each.label()) != null);
            if (isFolded && areReleases) {
                named.sort(Comparator.comparing(Series::label, Labels.byOrder()));
            }
            List<Series> kept = named.subList(0, isFolded ? MAX_SERIES - 1 : Math.min(MAX_SERIES, named.size()));
            List<Series> small = named.subList(kept.size(), named.size());
            kept.stream().sorted(order(chart, missing)).forEach(series::add);
            if (isFolded) {
                String name = small.size() + (areReleases ? " older" : " more");
                series.add(new Series(name, Color.REMAINDER, sum(small, missing)));
            }
            all.stream()
                    .filter(each -> Labels.isGrey(each.label()))
                    .sorted(Comparator.comparing(Series::label))
                    .forEach(series::add);
            return new Selection(series, isFolded ? 0 : small.size());
        }
    }

    /** Lines are chosen by their last value, and parts of a stack by their sum, too. */
    private static Comparator<Series> byWeight(boolean isStack, List<Boolean> missing) {
        int last = missing.lastIndexOf(false);
        return Comparator.<Series>comparingDouble(series -> -series.valueOrZero(last) * (isStack ? 36 : 1_000_000)
                        - IntStream.range(0, missing.size())
                                .mapToDouble(series::valueOrZero)
                                .sum())
                .thenComparing(Series::label, Format.BY_NUMBERS);
    }

    private static Comparator<Series> order(Chart chart, List<Boolean> missing) {
        return chart.order() == Order.LABEL
                ? Comparator.comparing(Series::label, Labels.byOrder())
                : byWeight(false, missing);
    }

    private static List<@Nullable Double> sum(List<Series> series, List<Boolean> missing) {
        List<@Nullable Double> sum = new ArrayList<>();
        for (int i = 0; i < missing.size(); i++) {
            int position = i;
            sum.add(
                    missing.get(i)
                            ? null
                            : series.stream()
                                    .mapToDouble(each -> each.valueOrZero(position))
                                    .sum());
        }
        return sum;
    }

    private static Stream<Mark> annotations(ChartData data, List<LocalDate> periods) {
        return data.chart().annotations().stream()
                .map(annotation -> periods.indexOf(annotation.month().atDay(1)))
                .filter(position -> position > 0)
                .map(position -> new Mark(position - 0.5, null));
    }

    private static double positionOfDay(List<LocalDate> months, LocalDate day) {
        YearMonth month = YearMonth.from(day);
        return ChronoUnit.MONTHS.between(YearMonth.from(months.getFirst()), month)
                + (day.getDayOfMonth() - 1.0) / month.lengthOfMonth()
                - 0.5;
    }

    /** "No complete data for March 2026." for the periods that have none; null if all have. */
    static @Nullable String explainGaps(ChartData data) {
        List<String> months = months(data).stream()
                .filter(period -> data.total(period) == null)
                .map(Format::month)
                .toList();
        String named = months.size() > MAX_NAMED ? Format.plural(months.size(), "month") : Format.list(months);
        return months.isEmpty() ? null : "No complete data for " + named + ".";
    }
}
