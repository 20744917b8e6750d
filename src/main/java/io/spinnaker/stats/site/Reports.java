package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Chart.Labels;
import io.spinnaker.stats.charts.Chart.Order;
import io.spinnaker.stats.charts.Chart.PublishedNumber;
import io.spinnaker.stats.charts.Chart.TileValue;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPoint;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.DrawnPeriod;
import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.site.Change.Kind;
import io.spinnaker.stats.site.Report.Section;
import io.spinnaker.stats.verdict.Feature;
import io.spinnaker.stats.verdict.Features;
import io.spinnaker.stats.verdict.Verdict;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the sentences of a month's report. */
final class Reports {

    /** Longer lists are cut; the files have all of it. */
    private static final int MAX_ITEMS = 10;

    private static final int MAX_RELEASES = 6;

    private static final String DEMO =
            "These are demo data: the numbers are generated, and no Spinnaker instance reported them.";

    private final History history;
    private final LocalDate month;
    private final Published published;
    private final Options options;
    private final ChartData instances;

    private Reports(History history, LocalDate month) {
        this.history = history;
        this.month = month;
        this.published = history.at(month);
        this.options = published.options();
        this.instances = History.instances(published);
    }

    /** The report of a drawn month; empty if the month is not drawn. */
    static Optional<Report> of(History history, LocalDate month) {
        List<LocalDate> months = history.months();
        if (!months.contains(month)) {
            return Optional.empty();
        }
        Function<LocalDate, @Nullable LocalDate> ifDrawn = other -> months.contains(other) ? other : null;
        Reports reports = new Reports(history, month);
        return Optional.of(new Report(
                month,
                "Spinnaker usage in " + Format.month(month),
                reports.headline(),
                reports.sections(),
                ifDrawn.apply(month.minusMonths(1)),
                ifDrawn.apply(month.plusMonths(1))));
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(instances());
        if (history.isComplete(month)) {
            sections.add(changes());
            sections.addAll(releases());
            sections.addAll(mostUsed());
            sections.addAll(verdicts());
            sections.addAll(failing());
            sections.add(candidates());
        }
        sections.add(completeness());
        sections.add(new Section(
                "How numbers are published",
                List.of(),
                Rules.of(options).stream().map(Text::of).toList()));
        sections.add(citation());
        return sections;
    }

    private static Section section(String title, List<Text> items, String... paragraphs) {
        return new Section(title, Stream.of(paragraphs).map(Text::of).toList(), items);
    }

    private Section instances() {
        boolean isDemo = options.isDemo();
        return isDemo ? section("Instances", List.of(), DEMO, headline()) : section("Instances", List.of(), headline());
    }

    /** How many instances reported, or why this is unknown. */
    private String headline() {
        Long total = instances.total(month);
        return total == null
                ? missing()
                : "%s instances reported in %s%s."
                        .formatted(
                                Format.number(total),
                                Format.month(month),
                                Comparison.withYearBefore(total, instances.total(month.minusYears(1))));
    }

    private String missing() {
        DrawnPeriod period = drawn(month);
        return period.instances() == null
                ? "%s has no numbers, because fewer than %d instances reported."
                        .formatted(Format.month(month), options.threshold())
                : "%s has no numbers, because the data of %s is missing."
                        .formatted(Format.month(month), Format.plural(period.days() - period.daysWithData(), "day"));
    }

    private DrawnPeriod drawn(LocalDate period) {
        return instances.periods().stream()
                .filter(each -> each.period().equals(period))
                .findFirst()
                .orElseThrow();
    }

    private Section changes() {
        String title = "What changed";
        List<Change> changes = Changes.of(history, month);
        return changes.isEmpty()
                ? section(title, List.of(), noChange(history, month))
                : section(title, cut(changes.stream().map(Change::sentence).toList(), 2 * MAX_ITEMS));
    }

    /** Why a month has no changes. */
    static String noChange(History history, LocalDate month) {
        return Changes.isFirst(history.at(month), month)
                ? "%s is the first month with numbers, so there is nothing to compare them with."
                        .formatted(Format.month(month))
                : "Compared with the months before, no feature is newly reported, growing, shrinking or no longer reported.";
    }

    private List<Section> releases() {
        List<Section> sections = new ArrayList<>();
        for (ChartData data : published.charts()) {
            Long total = data.total(month);
            if (total == null) {
                continue;
            }
            if (data.chart().labels() == Labels.CUMULATIVE
                    && !data.points(month).isEmpty()) {
                List<Text> items = data.points(month).stream()
                        .sorted(Comparator.comparing(ChartPoint::label, Reports::compareReleases)
                                .reversed())
                        .limit(MAX_RELEASES)
                        .map(point -> Text.ofLabel(point.label()).with(": " + use(data, point, total)))
                        .toList();
                sections.add(section(
                        "Release adoption", items, "Instances on a release or a newer one, the newest release first:"));
            }
        }
        return sections;
    }

    /** Compares "1.9 or newer" with "1.17 or newer". */
    static int compareReleases(String a, String b) {
        int[] first = numbers(a);
        int[] second = numbers(b);
        return Arrays.compare(first, second);
    }

    private static int[] numbers(String label) {
        return Stream.of(label.split("[^0-9]+"))
                .filter(part -> !part.isEmpty() && part.length() < 9)
                .mapToInt(Integer::parseInt)
                .toArray();
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

    private List<Section> mostUsed() {
        List<Section> sections = new ArrayList<>();
        for (ChartData data : published.charts()) {
            Long total = data.total(month);
            if (total == null || !isListed(data.chart())) {
                continue;
            }
            List<Text> items = data.points(month).stream()
                    .filter(point -> Format.isValue(point.label()))
                    .limit(MAX_ITEMS)
                    .map(point -> Text.ofLabel(point.label()).with(": " + use(data, point, total)))
                    .toList();
            if (!items.isEmpty()) {
                sections.add(section("Most used: " + lowerCase(data.chart().title()), items));
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

    private List<Feature> notable() {
        return history.features(month).stream()
                .filter(feature -> Changes.isNotable(feature.chart()) && Format.isValue(feature.label()))
                .toList();
    }

    private List<Section> verdicts() {
        List<Section> sections = new ArrayList<>();
        for (Kind kind : List.of(Kind.GROWING, Kind.SHRINKING, Kind.NO_LONGER_REPORTED)) {
            List<Text> items = notable().stream()
                    .flatMap(feature -> Stream.of(feature.traction(), feature.frequency())
                            .filter(verdict -> verdict != null && Changes.kind(verdict) == kind)
                            .map(verdict -> describe(feature, verdict)))
                    .toList();
            if (!items.isEmpty()) {
                sections.add(section(kind.title(), cut(items, 2 * MAX_ITEMS)));
            }
        }
        return sections;
    }

    private static Text describe(Feature feature, Verdict verdict) {
        return Text.ofLabel(feature.label()).with(" (%s). %s".formatted(feature.noun(), verdict.explanation()));
    }

    /** A label and the instances that saw it fail. */
    private record Failing(ChartData data, ChartPoint point, long failing) {}

    private List<Section> failing() {
        List<Text> items = published.charts().stream()
                .filter(data -> data.chart().feature() != null)
                .flatMap(data -> data.points(month).stream()
                        .filter(point -> Format.isValue(point.label()))
                        .flatMap(point ->
                                Stream.ofNullable(point.failing()).map(failing -> new Failing(data, point, failing))))
                .sorted(Comparator.comparingLong(Failing::failing).reversed())
                .limit(MAX_ITEMS)
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
                : List.of(section(
                        "What failed for many",
                        items,
                        "Instances that saw more than 10% of the runs fail, the most first:"));
    }

    private Section candidates() {
        String title = "Candidates for removal";
        List<Feature> candidates =
                history.features(month).stream().filter(Feature::isCandidate).toList();
        List<Text> reported = candidates.stream()
                .filter(feature -> feature.firstReported() != null)
                .map(feature -> describe(feature, Objects.requireNonNull(feature.affected())))
                .toList();
        List<Text> paragraphs = new ArrayList<>();
        paragraphs.add(Text.of(Features.CANDIDATE_RULE));
        if (reported.isEmpty()) {
            paragraphs.add(Text.of(noCandidate()));
        }
        int never = candidates.size() - reported.size();
        if (never > 0) {
            paragraphs.add(Text.of(
                            "%s that Spinnaker has %s not reported by %d instances or more in these months. The current "
                                    .formatted(
                                            Format.plural(never, "name"),
                                            never == 1 ? "was" : "were",
                                            options.threshold()))
                    .withLink("table of candidates", "/data/candidates.csv")
                    .with(" has all of them."));
        }
        return new Section(title, paragraphs, cut(reported, 3 * MAX_ITEMS));
    }

    private String noCandidate() {
        return notable().stream()
                .map(Feature::affected)
                .filter(Objects::nonNull)
                .filter(verdict ->
                        List.of(Verdict.TOO_FEW_TO_TELL, Verdict.NO_DATA).contains(verdict.headline()))
                .findFirst()
                .map(Verdict::explanation)
                .orElse("No feature that was ever reported meets this rule in %s.".formatted(Format.month(month)));
    }

    private Section completeness() {
        DrawnPeriod period = drawn(month);
        List<String> gaps = instances.timeline().stream()
                .filter(each -> !each.equals(month) && instances.total(each) == null)
                .map(Format::month)
                .toList();
        return section(
                "How complete the data is",
                List.of(),
                "Data of %d of the %d days of %s has arrived. Verdicts are computed from the months from %s to %s."
                        .formatted(
                                period.daysWithData(),
                                period.days(),
                                Format.month(month),
                                Format.month(instances.timeline().getFirst()),
                                Format.month(month)),
                gaps.isEmpty()
                        ? "Each of these months has numbers."
                        : "Of these months, %s %s no numbers, because data is missing or too few instances reported."
                                .formatted(Format.list(gaps), gaps.size() == 1 ? "has" : "have"),
                "Only instances with usage statistics enabled report. How many others exist is not known, so read shares and "
                        + "trends rather than totals.");
    }

    private Section citation() {
        String asOf = Format.day(Objects.requireNonNull(published.status().asOf()));
        return new Section(
                "Licence and citation",
                List.of(
                        Text.of("The data is licensed under ")
                                .withLink(
                                        options.licence().name(),
                                        options.licence().url())
                                .with("."),
                        Text.of("Cite as: Spinnaker usage statistics, report of %s, data as of %s, "
                                        .formatted(Format.month(month), asOf))
                                .withLink(path(month), path(month))
                                .with(".")),
                List.of());
    }

    /** The address of a month's report. */
    static String path(LocalDate month) {
        return "/report/" + YearMonth.from(month) + "/";
    }

    private static List<Text> cut(List<Text> items, int max) {
        return items.size() <= max
                ? items
                : Stream.concat(
                                items.stream().limit(max),
                                Stream.of(Text.of(Format.number(items.size() - max) + " more")))
                        .toList();
    }
}
