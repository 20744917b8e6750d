package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.AllowLists;
import io.spinnaker.stats.charts.AllowLists.Release;
import io.spinnaker.stats.charts.AllowLists.StageType;
import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPoint;
import io.spinnaker.stats.charts.Dashboard.Published;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All features of what is published, each judged. A pure function of the published numbers and of the lists. */
public final class Features {

    /** The rule by which a feature is a candidate for removal, for readers. {@link Candidates} applies it. */
    public static final String CANDIDATE_RULE = Candidates.RULE;

    private static final Map<String, StageType> STAGE_TYPES =
            AllowLists.knownStageTypes().stream().collect(Collectors.toMap(StageType::type, Function.identity()));
    private static final Map<String, Release> RELEASES =
            AllowLists.releases().stream().collect(Collectors.toMap(Release::line, Function.identity()));

    private Features() {}

    /** The features of all monthly charts: in the order of the charts, then by instances of the last month, most first. */
    public static List<Feature> of(Published published) {
        LocalDate month = month(published).orElse(null);
        return monthly(published)
                .flatMap(data -> OfChart.of(data, published, month).all())
                .toList();
    }

    /** The last month with complete data in any chart: that of the numbers of all features. */
    public static Optional<LocalDate> month(Published published) {
        return monthly(published).flatMap(data -> data.lastPeriod().stream()).max(Comparator.naturalOrder());
    }

    /** Labels that combine those of other charts are not features. */
    private static Stream<ChartData> monthly(Published published) {
        return published.charts().stream().filter(data -> data.chart().hasFeatures());
    }

    /**
     * The features of one chart.
     *
     * @param points the points of each label: a search among those of all labels would take most of the time
     */
    private record OfChart(
            ChartData data,
            Map<String, List<ChartPoint>> points,
            Published published,
            @Nullable LocalDate month) {

        private static final Comparator<Feature> ORDER = Comparator.<Feature, Boolean>comparing(
                        feature -> feature.reportedAs() != null)
                .thenComparing(
                        feature -> feature.instances() == null ? 0L : feature.instances(), Comparator.reverseOrder())
                .thenComparing(Feature::label);

        static OfChart of(ChartData data, Published published, @Nullable LocalDate month) {
            return new OfChart(
                    data, data.points().stream().collect(Collectors.groupingBy(ChartPoint::label)), published, month);
        }

        /** The data of one label alone. */
        private ChartData of(String label) {
            return new ChartData(data.chart(), data.status(), data.periods(), points.getOrDefault(label, List.of()));
        }

        Stream<Feature> all() {
            Stream<Feature> reportable = Stream.concat(data.labels().stream(), knownLabels())
                    .distinct()
                    .map(this::feature);
            Stream<Feature> unreportable =
                    data.chart().unreportable().stream().map(name -> unreportable(name.name(), name.reportedAs()));
            return Stream.concat(reportable, unreportable).sorted(ORDER);
        }

        private Stream<String> knownLabels() {
            Chart chart = data.chart();
            return isStageTypes(chart)
                    ? STAGE_TYPES.keySet().stream()
                    : Optional.ofNullable(LabelKind.of(chart).list()).map(AllowLists.enums()::get).stream()
                            .flatMap(List::stream);
        }

        private Feature unreportable(String name, String reportedAs) {
            return new Feature(
                    data.chart(),
                    name,
                    null,
                    AllowLists.aliases(data.chart(), name),
                    null,
                    null,
                    reportedAs,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false);
        }

        private Feature feature(String label) {
            Chart chart = data.chart();
            LabelKind kind = LabelKind.of(chart);
            Series series = Series.of(of(label), label, published.options(), kind.verb());
            StageType type = isStageTypes(chart) ? STAGE_TYPES.get(label) : null;
            String since = type == null ? null : type.since();
            String until = type == null ? null : type.until();
            String name = type == null || label.equals(type.label()) ? null : type.label();
            Judge.Verdicts verdicts = Labels.isJudged(chart, label) ? Judge.judge(series) : null;
            Verdict affected =
                    verdicts == null || kind.removal() == LabelKind.Removal.NONE ? null : verdicts.affected();
            return new Feature(
                    chart,
                    label,
                    name,
                    AllowLists.aliases(chart, label),
                    since,
                    until,
                    null,
                    at(series, series.instances(), month),
                    share(series, series.instances(), month),
                    share(series, series.instances(), month == null ? null : month.minusYears(1)),
                    series.regular() == null ? null : share(series, series.regular(), month),
                    monthAt(series, Series.firstIndex(series.instances())),
                    monthAt(series, Series.lastIndex(series.instances())),
                    verdicts == null ? null : verdicts.traction(),
                    verdicts == null ? null : verdicts.frequency(),
                    affected,
                    verdicts != null
                            && Candidates.isCandidate(
                                    kind, verdicts, until, since == null ? null : RELEASES.get(since), series));
        }

        private static boolean isStageTypes(Chart chart) {
            return chart.name().equals("stage-types");
        }

        private static @Nullable LocalDate monthAt(Series series, int index) {
            return index < 0 ? null : series.months().get(index);
        }

        private static @Nullable Long at(Series series, List<@Nullable Long> values, @Nullable LocalDate month) {
            int index = month == null ? -1 : series.months().indexOf(month);
            return index < 0 ? null : values.get(index);
        }

        /** A share of all instances of the month, in whole percent. */
        private static @Nullable Long share(Series series, List<@Nullable Long> values, @Nullable LocalDate month) {
            Long total = at(series, series.totals(), month);
            Long value = at(series, values, month);
            return total == null || value == null ? null : Math.min(100, Math.round(100.0 * value / total));
        }
    }
}
