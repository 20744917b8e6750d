package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Chart.Order;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The last complete period as bars.
 *
 * @param bars in the order of the picture, greys last
 * @param noise how far noise usually moves a value at most
 * @param omitted labels that have no bar because there are too many
 */
record Bars(Measure measure, List<Bar> bars, double noise, int omitted) {

    private static final int MAX_BARS = 12;

    /**
     * A bar.
     *
     * @param value its length
     * @param instances the number behind a share of instances; equal to the value for counts, and not shown for mean shares
     */
    record Bar(String label, double value, long instances) {}

    static Bars of(ChartData data) {
        Measure measure = Measure.of(data.chart());
        LocalDate period = data.lastPeriod().orElseThrow();
        List<Bar> all = data.points(period).stream()
                .map(point -> point.label())
                .filter(label -> measure.values(data, label, List.of(period)).getFirst() != null)
                .map(label -> bar(data, measure, label, period))
                .toList();
        Comparator<Bar> bySize = Comparator.<Bar>comparingDouble(bar -> -bar.value())
                .thenComparingLong(bar -> -bar.instances())
                .thenComparing(Bar::label, Format.BY_NUMBERS);
        Comparator<Bar> order =
                data.chart().order() == Order.LABEL ? Comparator.comparing(Bar::label, Labels.byOrder()) : bySize;
        List<Bar> named = all.stream()
                .filter(bar -> !Labels.isGrey(bar.label()))
                .sorted(order)
                .toList();
        List<Bar> bars = new ArrayList<>(named.subList(0, Math.min(named.size(), MAX_BARS)));
        all.stream().filter(bar -> Labels.isGrey(bar.label())).sorted(bySize).forEach(bars::add);
        return new Bars(measure, bars, measure.noise(data.total(period)), Math.max(0, named.size() - MAX_BARS));
    }

    private static Bar bar(ChartData data, Measure measure, String label, LocalDate period) {
        double value = Objects.requireNonNull(
                measure.values(data, label, List.of(period)).getFirst());
        long instances = data.points(period).stream()
                .filter(point -> point.label().equals(label))
                .findFirst()
                .orElseThrow()
                .instances();
        return new Bar(label, value, instances);
    }

    /** "62% (96)". */
    String format(Bar bar) {
        return measure == Measure.SHARE_OF_INSTANCES
                ? measure.format(bar.value()) + " (" + Format.number(bar.instances()) + ")"
                : measure.format(bar.value());
    }
}
