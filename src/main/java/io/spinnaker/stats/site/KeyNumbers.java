package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Chart.TileValue;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.ChartPoint;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tiles with the key numbers: first the number of instances, then the most used label of each chart that has a tile. */
final class KeyNumbers {

    /** Longer labels are cut in a tile. */
    private static final int MAX_LABEL = 24;

    private KeyNumbers() {}

    /** The content of a tile. */
    private record Value(Html value, String note) {}

    static Html of(Published published) {
        return Html.join(Stream.of(TileValue.values())
                .flatMap(tileValue ->
                        published.charts().stream().filter(data -> data.chart().tileValue() == tileValue))
                .map(KeyNumbers::tile)
                .toList());
    }

    private static Html tile(ChartData data) {
        Optional<Value> found = data.lastPeriod()
                .flatMap(last ->
                        data.chart().tileValue() == TileValue.INSTANCES ? instances(data, last) : topLabel(data, last));
        Value shown = found.orElse(new Value(Html.text("–"), "no numbers yet"));
        return Html.element(
                "div",
                List.of("class", "tile"),
                Html.element("dt", Html.text(String.valueOf(data.chart().tile()))),
                Html.element("dd", List.of("class", "value"), shown.value()),
                Html.element("dd", List.of("class", "note"), Html.text(shown.note())));
    }

    private static Optional<Value> instances(ChartData data, LocalDate last) {
        return Optional.ofNullable(data.total(last))
                .map(total -> new Value(
                        Html.text(Format.number(total)),
                        "reported in %s%s"
                                .formatted(
                                        period(data.chart(), last),
                                        Comparison.withYearBefore(total, data.total(last.minusYears(1))))));
    }

    private static Optional<Value> topLabel(ChartData data, LocalDate last) {
        Long total = data.total(last);
        return data.points(last).stream()
                .filter(point -> total != null && Format.isValue(point.label()))
                .findFirst()
                .map(top -> new Value(
                        label(data.chart(), top),
                        "used by %s of instances in %s"
                                .formatted(
                                        Comparison.percent(top.instances(), total == null ? 1 : total),
                                        period(data.chart(), last))));
    }

    /** The label, as a link if the explorer has it. It can wrap inside camelCase. */
    private static Html label(Chart chart, ChartPoint point) {
        String text = truncate(point.label()).replaceAll("(?<=[a-z])(?=[A-Z])", "\u200b");
        Html label = Html.element("bdi", Html.text(text));
        return chart.hasFeatures() ? Html.link(featureHash(chart, point.label()), label) : label;
    }

    private static String truncate(String label) {
        String text = Format.printable(label);
        int length = text.codePointCount(0, text.length());
        return length <= MAX_LABEL ? text : text.substring(0, text.offsetByCodePoints(0, MAX_LABEL - 1)) + "…";
    }

    private static String period(Chart chart, LocalDate day) {
        return chart.period() == ChartPeriod.DAY ? Format.day(day) : Format.month(day);
    }

    /** The fragment under which the explorer shows a label. */
    static String featureHash(Chart chart, String label) {
        return "#" + chart.name() + "/" + Html.encode(label);
    }
}
