package io.spinnaker.stats.site;

import static io.spinnaker.stats.site.PublishedNumbers.month;
import static org.assertj.core.api.Assertions.assertThat;

import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Licence;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.charts.PublishedCharts;
import io.spinnaker.stats.site.Report.Section;
import io.spinnaker.stats.verdict.Features;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentences of the monthly reports. */
class ReportsTest {

    private static final LocalDate OCTOBER = LocalDate.parse("2026-10-01");

    private final Report report =
            Reports.of(PublishedNumbers.eventful().history(), OCTOBER).orElseThrow();

    @Test
    void saysHowManyInstancesReported() {
        assertThat(report.title()).isEqualTo("Spinnaker usage in October 2026");
        assertThat(report.summary())
                .isEqualTo("300 instances reported in October 2026, about as many as a year before.");
    }

    @Test
    void listsWhatIsUsed() {
        assertThat(items("Release adoption"))
                .containsExactly(
                        "2026.2 or newer: 150 instances (50%)",
                        "1.30 or newer: 290 instances (97%), 97% a year before");
        assertThat(items("Most used: stage types"))
                .containsExactly(
                        "deployManifest: 150 instances (50%), 20% a year before",
                        "bake: 120 instances (40%), 40% a year before",
                        "wait: 90 instances (30%), 67% a year before",
                        "acaTask: 8 instances (3%)");
        assertThat(items("Most used: cloud providers"))
                .containsExactly("KUBERNETES: 270 instances (90%), 90% a year before");
    }

    @Test
    void quotesTheVerdicts() {
        assertThat(items("Growing"))
                .contains(
                        "deployManifest (stage type). In the three months to October 2026, 50% of instances used it, 20% a "
                                + "year before. The difference is more than chance would make.");
        assertThat(items("Shrinking")).anyMatch(item -> item.startsWith("wait (stage type). In the three months"));
        assertThat(items("No longer reported")).anyMatch(item -> item.startsWith("cloneServerGroup (stage type). "));
    }

    @Test
    void listsWhatFailedForManyInstances() {
        assertThat(items("What failed for many"))
                .startsWith("MANUAL (trigger): 30 of the 300 instances that use it (10%)");
    }

    @Test
    void listsCandidatesWithTheirRule() {
        assertThat(text("Candidates for removal"))
                .startsWith(Features.CANDIDATE_RULE)
                .contains("not reported by 5 instances or more in these months.")
                .contains("cloneServerGroup (stage type). ");
    }

    @Test
    void saysHowCompleteTheDataIs() {
        assertThat(text("How complete the data is"))
                .contains("Data of 31 of the 31 days of October 2026 has arrived.")
                .contains("Each of these months has numbers.");
        Report withGap = Reports.of(
                        PublishedNumbers.eventful().incomplete(month(10)).history(), OCTOBER)
                .orElseThrow();
        assertThat(text(withGap, "How complete the data is"))
                .contains("Of these months, September 2025 has no numbers, because data is missing");
    }

    @Test
    void saysWhyAMonthHasNoNumbers() {
        Report incomplete = Reports.of(
                        PublishedNumbers.eventful().incomplete(OCTOBER).history(), OCTOBER)
                .orElseThrow();
        assertThat(incomplete.summary())
                .isEqualTo("October 2026 has no numbers, because the data of 3 days is missing.");
        assertThat(incomplete.sections())
                .extracting(Section::title)
                .containsExactly(
                        "Instances", "How complete the data is", "How numbers are published", "Licence and citation");
    }

    @Test
    void comparesNothingInTheFirstMonth() {
        Report first = Reports.of(
                        new PublishedNumbers(1)
                                .label("stage-types", "bake", month -> 120)
                                .history(),
                        month(0))
                .orElseThrow();
        assertThat(first.summary()).isEqualTo("300 instances reported in November 2024.");
        assertThat(text(first, "What changed"))
                .isEqualTo("November 2024 is the first month with numbers, so there is nothing to compare them with.");
        assertThat(text(first, "Candidates for removal")).contains("A verdict needs 3 months of complete data.");
    }

    @Test
    void saysThatNothingChanged() {
        Report quiet = Reports.of(
                        new PublishedNumbers(24)
                                .label("stage-types", "bake", month -> 120)
                                .history(),
                        OCTOBER)
                .orElseThrow();
        assertThat(text(quiet, "What changed"))
                .isEqualTo(
                        "Compared with the months before, no feature is newly reported, growing, shrinking or no longer "
                                + "reported.");
    }

    @Test
    void consistsOfWholeSentences() {
        assertThat(report.sections()).allSatisfy(section -> {
            assertThat(section.paragraphs()).extracting(Text::plain).allMatch(text -> text.matches("(?s).*[.:]"));
            assertThat(section.items())
                    .extracting(Text::plain)
                    .noneMatch(text -> text.contains("null") || text.contains("  ") || text.contains("%s"));
        });
    }

    @Test
    void saysThatFewInstancesDecideNothing() {
        Report few = Reports.of(PublishedNumbers.eventful().instances(90).history(), OCTOBER)
                .orElseThrow();
        assertThat(text(few, "Candidates for removal"))
                .contains("90 instances reported in October 2026. A verdict needs at least 100");
    }

    @Test
    void hasNoReportOfAMonthThatIsNotDrawn() {
        History held = PublishedNumbers.eventful().undrawn(OCTOBER).history();
        assertThat(Reports.of(held, OCTOBER)).isEmpty();
        assertThat(Reports.of(held, OCTOBER.minusMonths(1)).orElseThrow().next())
                .isNull();
        assertThat(Reports.of(held, OCTOBER.plusMonths(1))).isEmpty();
    }

    @Test
    void doesNotChangeWhenLaterMonthsAreAdded() {
        PublishedNumbers numbers = PublishedNumbers.eventful();
        for (int index : List.of(3, 14, 21)) {
            Report later =
                    Reports.of(new History(numbers.build()), month(index)).orElseThrow();
            Report then = Reports.of(new History(History.until(numbers.build(), month(index))), month(index))
                    .orElseThrow();
            assertThat(then.sections()).isEqualTo(later.sections());
            assertThat(then.next()).isNull();
            assertThat(later.next()).isEqualTo(month(index + 1));
        }
    }

    @Test
    void saysThatDemoDataIsGenerated() {
        Options demo = new Options(5, true, false, null, PublishedCharts.exact().licence(), null, () -> true);
        Report generated = Reports.of(PublishedNumbers.eventful().options(demo).history(), OCTOBER)
                .orElseThrow();
        assertThat(text(generated, "Instances")).contains("no Spinnaker instance reported them");
        assertThat(text("Instances")).doesNotContain("demo");
    }

    @Test
    void isOnePageAndTheSameInMarkdown() {
        String html = file("html");
        assertThat(html)
                .startsWith("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\" />")
                .contains(
                        "<link rel=\"canonical\" href=\"/report/2026-10/\" />",
                        "<link rel=\"stylesheet\" href=\"/style.css\" />",
                        "<meta property=\"og:image\" content=\"https://stats.spinnaker.io/data/stage-types.svg\" />",
                        "<a href=\"/report/2026-09/\">September 2026</a>",
                        "<a href=\"/report/2026-10.md\">Markdown</a>",
                        "<li><bdi>bake</bdi>: 120 instances (40%), 40% a year before</li>")
                .doesNotContain("<script", " style=");
        assertThat(file("md"))
                .startsWith("# Spinnaker usage in October 2026\n\n## Instances\n\n300 instances reported")
                .contains("\n- `bake`: 120 instances (40%), 40% a year before\n")
                .contains("[CDLA-Permissive-2.0](<https://cdla.dev/permissive-2-0/>)")
                .endsWith("data as of 4 November 2026, [/report/2026-10/](</report/2026-10/>).\n");
    }

    @Test
    void escapesLabelsAndSettings() {
        String hostile = "</bdi><script>alert('`x`')</script>&\"*[a](b)\u202e";
        Options options = new Options(5, false, false, null, new Licence("<b>*L*", "x\"onclick=y"), null, null);
        History history = PublishedNumbers.eventful()
                .options(options)
                .label("stage-types", hostile, month -> 200)
                .history();
        List<String> texts = ReportFiles.of(Reports.of(history, OCTOBER).orElseThrow()).stream()
                .map(file -> new String(file.content(), StandardCharsets.UTF_8))
                .toList();
        assertThat(texts.getFirst())
                .contains("<bdi>&lt;/bdi&gt;&lt;script&gt;alert(&#39;`x`&#39;)")
                .contains("href=\"x&quot;onclick=y\">&lt;b&gt;*L*</a>")
                .doesNotContain("<script", "\u202e");
        assertThat(texts.getLast())
                .contains("``</bdi><script>alert('`x`')</script>&\"*[a](b)\ufffd``: 200 instances")
                .contains("[\\<b\\>\\*L\\*](<x\"onclick=y>)");
    }

    private String file(String extension) {
        return ReportFiles.of(report).stream()
                .filter(file -> file.name().endsWith(extension))
                .map(ChartFile::content)
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private List<String> items(String title) {
        return section(report, title).items().stream().map(Text::plain).toList();
    }

    private String text(String title) {
        return text(report, title);
    }

    private static String text(Report report, String title) {
        Section section = section(report, title);
        return Stream.concat(section.paragraphs().stream(), section.items().stream())
                .map(Text::plain)
                .collect(Collectors.joining("\n"));
    }

    private static Section section(Report report, String title) {
        return report.sections().stream()
                .filter(section -> section.title().equals(title))
                .findFirst()
                .orElseThrow();
    }
}
