package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.ChartData;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the sentences of a month's report. */
final class Reports {

    /** Longer lists are cut; the files have all of it. */
    static final int MAX_ITEMS = 10;

    private static final String DEMO =
            "These are demo data: the numbers are generated, and no Spinnaker instance reported them.";

    private final History history;
    private final LocalDate month;
    private final Published published;
    private final Options options;
    private final ChartData instances;
    private final UseSections use;

    private Reports(History history, LocalDate month) {
        this.history = history;
        this.month = month;
        this.published = history.at(month);
        this.options = published.options();
        this.instances = History.instances(published);
        this.use = new UseSections(published, month);
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
            sections.addAll(use.releases());
            sections.addAll(use.mostUsed());
            sections.addAll(verdicts());
            sections.addAll(use.failing());
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

    private Section instances() {
        boolean isDemo = options.isDemo();
        return isDemo
                ? Section.of("Instances", List.of(), DEMO, headline())
                : Section.of("Instances", List.of(), headline());
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
                ? Section.of(title, List.of(), noChange(history, month))
                : Section.of(title, cut(changes.stream().map(Change::sentence).toList(), 2 * MAX_ITEMS));
    }

    /** Why a month has no changes. */
    static String noChange(History history, LocalDate month) {
        return Changes.isFirst(history.at(month), month)
                ? "%s is the first month with numbers, so there is nothing to compare them with."
                        .formatted(Format.month(month))
                : "Compared with the months before, no feature is newly reported, growing, shrinking or no longer reported.";
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
                sections.add(Section.of(kind.title(), cut(items, 2 * MAX_ITEMS)));
            }
        }
        return sections;
    }

    private static Text describe(Feature feature, Verdict verdict) {
        return Text.ofLabel(feature.label()).with(" (%s). %s".formatted(feature.noun(), verdict.explanation()));
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
        return Section.of(
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
