package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Chart.Labels;
import io.spinnaker.stats.charts.Chart.Order;
import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.Chart.TileValue;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPoint;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.site.Report.Section;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes the sections of a report about the use of single labels in the month. */
final class UseSections {

    private static final int MAX_RELEASES = 6;

    private final Published published;
    private final LocalDate month;

    UseSections(Published published, LocalDate month) {
        this.published = published;
        this.month = month;
    }

    List<Section> releases() {
        List<Section> sections = new ArrayList<>();
        for (ChartData data : published.charts()) {
            Long total = data.total(month);
            if (total == null) {
                continue;
            }
            if (data.chart().labels() == Labels.CUMULATIVE
                    && !data.points(month).isEmpty()) {
                List<Text> items = data.points(month).stream()
                        .sorted(Comparator.comparing(ChartPoint::label, Format.BY_NUMBERS)
                                .reversed())
                        .limit(MAX_RELEASES)
                        .map(point -> Text.ofLabel(point.label()).with(": " + use(data, point, total)))
                        .toList();
                sections.add(Section.of(
                        "Release adoption", items, "Instances on a release or a newer one, the newest release first:"));
            }
        }
        return sections;
    }

    /** "65 instances (42%), 28% a year before". */
    private String use(ChartData data, ChartPoint point, long total) {
        LocalDate yearBefore = month.minusYears(1);
        Long before = data.numbers(point.label(), PublishedNumber.INSTANCES, List.of(yearBefore))
                .getFirst();
        Long totalBefore = data.total(yearBefore);
        return "%s instances (%s)%s"
                .formatted(
                        Format.number(point.instances()),
                        Comparison.percent(point.instances(), total),
                        before == null || totalBefore == null
                                ? ""
                                : ", " + Comparison.percent(before, totalBefore) + " a year before");
    }

    List<Section> mostUsed() {
        List<Section> sections = new ArrayList<>();
        for (ChartData data : published.charts()) {
            Long total = data.total(month);
            if (total == null || !isListed(data.chart())) {
                continue;
            }
            List<Text> items = data.points(month).stream()
                    .filter(point -> Format.isValue(point.label()))
                    .limit(Reports.MAX_ITEMS)
                    .map(point -> Text.ofLabel(point.label()).with(": " + use(data, point, total)))
                    .toList();
            if (!items.isEmpty()) {
                sections.add(Section.of("Most used: " + lowerCase(data.chart().title()), items));
            }
        }
        return sections;
    }

    /** Whether the report lists its labels: features and releases. */
    private static boolean isListed(Chart chart) {
        return Changes.isNotable(chart) || (chart.tileValue() == TileValue.TOP && chart.order() == Order.LABEL);
    }

    private static String lowerCase(String title) {
        return title.startsWith("Spinnaker")
                ? title
                : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    /** A label and the instances that saw it fail. */
    private record Failing(ChartData data, ChartPoint point, long failing) {}

    List<Section> failing() {
        List<Text> items = published.charts().stream()
                .filter(data -> data.chart().feature() != null)
                .flatMap(data -> data.points(month).stream()
                        .filter(point -> Format.isValue(point.label()))
                        .flatMap(point ->
                                Stream.ofNullable(point.failing()).map(failing -> new Failing(data, point, failing))))
                .sorted(Comparator.comparingLong(Failing::failing).reversed())
                .limit(Reports.MAX_ITEMS)
                .map(each -> Text.ofLabel(each.point().label())
                        .with(" (%s): %s of the %s instances that use it (%s)"
                                .formatted(
                                        each.data().chart().feature(),
                                        Format.number(each.failing()),
                                        Format.number(each.point().instances()),
                                        Comparison.percent(
                                                each.failing(), each.point().instances()))))
                .toList();
        return items.isEmpty()
                ? List.of()
                : List.of(Section.of(
                        "What failed for many",
                        items,
                        "Instances that saw more than 10% of the runs fail, the most first:"));
    }
}
