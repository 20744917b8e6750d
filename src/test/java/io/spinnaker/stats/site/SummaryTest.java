package io.spinnaker.stats.site;

import static io.spinnaker.stats.site.PublishedNumbers.FIRST;
import static io.spinnaker.stats.site.PublishedNumbers.month;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.Dashboard.Licence;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Dashboard.Status;
import io.spinnaker.stats.contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The parts of the page that need no JavaScript. */
class SummaryTest {

    private final JsonNode summary = summary(PublishedNumbers.eventful().build());

    @Test
    void saysHowCurrentTheNumbersAre() {
        assertThat(summary.path("asOf").asText())
                .isEqualTo("<p id=\"as-of\">As of <time datetime=\"2026-11-04\">4 November 2026</time></p>"
                        + "<p id=\"latest-month\">Monthly numbers appear on the 5th of the next month; the latest are for "
                        + "October 2026.</p>");
    }

    @Test
    void hasNoBannersIfNumbersAreCurrent() {
        assertThat(summary.path("banners").asText()).isEmpty();
        assertThat(lastEventDay(3).path("banners").asText()).isEmpty();
    }

    @Test
    void warnsIfNoEventsArrive() {
        assertThat(lastEventDay(4).path("banners").asText())
                .isEqualTo(
                        "<p class=\"banner stale silent\"><strong>No events since 31 October 2026. </strong>The collection may "
                                + "have failed. Days and months without complete data have no numbers. Please <a "
                                + "href=\"https://github.com/spinnaker/stats/issues\">report the problem</a> unless there is an "
                                + "issue already.</p>");
    }

    /** The numbers if the last event arrived that many days before their date. */
    private static JsonNode lastEventDay(int daysBefore) {
        Published numbers = PublishedNumbers.eventful().build();
        LocalDate asOf = Objects.requireNonNull(numbers.status().asOf());
        return summary(
                new Published(new Status(asOf, asOf.minusDays(daysBefore)), numbers.options(), numbers.charts()));
    }

    @Test
    void warnsThatThereAreNoMonthlyNumbersYet() {
        assertThat(summary(new PublishedNumbers(0).build(LocalDate.parse("2024-11-22")))
                        .path("banners")
                        .asText())
                .contains("No monthly numbers yet.", "at least 5 instances count");
    }

    @Test
    void statesTheRulesAndTheLicence() {
        assertThat(summary.path("rules").asText())
                .startsWith(
                        "<p>These rules protect the instances that report:</p><ul><li>Every number counts instances")
                .contains("<li>Numbers below 5 are not shown.</li>")
                .doesNotContain("random error");
        Licence licence = PublishedNumbers.eventful().build().options().licence();
        assertThat(summary.path("licence").asText())
                .isEqualTo(
                        "The data is licensed under <a href=\"%s\">%s</a>. ".formatted(licence.url(), licence.name()));
    }

    @Test
    void hasATileForEachKeyNumber() {
        assertThat(summary.path("keyNumbers").asText())
                .startsWith(
                        "<div class=\"tile\"><dt>Active instances</dt><dd class=\"value\">300</dd><dd class=\"note\">"
                                + "reported in October 2026, about as many as a year before</dd></div>")
                .contains(
                        "<dt>Most used stage type</dt><dd class=\"value\"><a href=\"#stage-types/deployManifest\"><bdi>"
                                + "deploy\u200bManifest</bdi></a></dd><dd class=\"note\">used by 50% of instances in October "
                                + "2026</dd>")
                .contains("<dd class=\"value\"><a href=\"#versions/2026.2.x\"><bdi>2026.2.x</bdi></a></dd>")
                .doesNotContain("style=");
    }

    @Test
    void saysWhatChanged() {
        assertThat(summary.path("changes").asText())
                .startsWith("<h2>What changed in October 2026</h2><ul><li><b>"
                        + "<a href=\"#version-adoption/2026.2%20or%20newer\">Spinnaker <bdi>2026.2 or newer</bdi>")
                .contains(
                        "<b><a href=\"#stage-types/acaTask\"><bdi>acaTask</bdi> (stage type): first reported</a></b>. In")
                .contains("<a href=\"/report/2026-10/\">Report of October 2026</a>")
                .contains("<a href=\"/data/changes.xml\">");
    }

    @Test
    void hasACardForEachChart() {
        String charts = summary.path("charts").asText();
        assertThat(charts)
                .startsWith("<section><h2>What Spinnaker is used for</h2><div class=\"cards\"><article class=\"card\" "
                        + "id=\"stage-types\" aria-labelledby=\"stage-types-title\"><header><div><h3 "
                        + "id=\"stage-types-title\">Stage types</h3>")
                .contains("<div class=\"plot\"><div class=\"wide-only\"><svg")
                .contains("<a href=\"/data/stage-types.svg\" aria-label=\"Stage types: SVG file\">SVG</a>")
                .contains("srcset=\"/data/cloud-providers-dark.svg\" /><img src=\"/data/cloud-providers.svg\" alt=\"")
                .contains("<article class=\"card\" id=\"environments\" aria-labelledby=\"environments-title\">")
                .contains(
                        "<p class=\"no-data\">No numbers yet. The numbers of a complete month appear on the 5th of the "
                                + "next one, if at least 5 instances have reported on two days.</p>")
                .doesNotContain("<script", " style=", "<?xml");
        assertThat(Pattern.compile("<article").matcher(charts).results())
                .hasSize(summaryOfEmpty().split("<article").length - 1);
    }

    private static String summaryOfEmpty() {
        return summary(new PublishedNumbers(0).build()).path("charts").asText();
    }

    @Test
    void saysWhenTheFirstNumbersAppear() {
        JsonNode first = summary(new PublishedNumbers(0).build(LocalDate.parse("2024-11-22")));
        String sentence = "The first complete month is November 2024; its numbers appear on 5 December 2024.";
        assertThat(first.path("asOf").asText()).contains("<p id=\"latest-month\">" + sentence + "</p>");
        assertThat(first.path("changes").asText())
                .isEqualTo("<h2>What changed</h2><p>Changes from month to month appear here. " + sentence + "</p>");
        assertThat(first.path("keyNumbers").asText())
                .contains("<dd class=\"value\">–</dd><dd class=\"note\">no numbers yet</dd>");
    }

    @Test
    void countsFromTheFirstFullMonth() {
        Published published = new PublishedNumbers(0).build(FIRST);
        assertThat(FirstMonth.sentence(published))
                .as("events began on the last days of October or on 1 November")
                .isEqualTo("The first complete month is November 2024; its numbers appear on 5 December 2024.");
        Published lateStart = new PublishedNumbers(0).build(FIRST.minusDays(10));
        assertThat(FirstMonth.sentence(lateStart)).startsWith("The first complete month is November 2024;");
        Published incomplete = new PublishedNumbers(1).incomplete(month(0)).build(LocalDate.parse("2024-12-20"));
        assertThat(FirstMonth.sentence(incomplete)).startsWith("The first complete month is December 2024;");
        Published held = new PublishedNumbers(1).undrawn(month(0)).build(LocalDate.parse("2024-12-20"));
        assertThat(FirstMonth.sentence(held)).isEqualTo("The numbers of November 2024 are not published yet.");
    }

    @Test
    void saysThatThereIsNoDataWithoutEvents() {
        Published numbers = new PublishedNumbers(0).build();
        Status none = new Status(null, null);
        Published empty = new Published(
                none,
                numbers.options(),
                numbers.charts().stream()
                        .map(data -> new ChartData(data.chart(), none, List.of(), List.of()))
                        .toList());
        assertThat(summary(empty).path("asOf").asText())
                .isEqualTo(
                        "<p id=\"as-of\">No data yet</p><p id=\"latest-month\">Monthly numbers appear on the 5th of the next "
                                + "month.</p>");
        assertThat(summary(empty).path("banners").asText()).isEmpty();
    }

    @Test
    void namesTheLastMonthWithNumbersIfTheNextIsHeld() {
        JsonNode held = summary(PublishedNumbers.eventful().undrawn(month(23)).build());
        assertThat(held.path("asOf").asText()).contains("the latest are for September 2026.");
        assertThat(held.path("changes").asText()).startsWith("<h2>What changed in September 2026</h2>");
    }

    @Test
    void escapesLabels() {
        String hostile = "<img src=x onerror=alert(1)>\"'&";
        JsonNode attacked = summary(PublishedNumbers.eventful()
                .label("stage-types", hostile, month -> month < 23 ? 0 : 280)
                .label("triggers", hostile, month -> 299)
                .build());
        for (String part : List.of("keyNumbers", "changes", "charts")) {
            assertThat(attacked.path(part).asText()).contains("&lt;img").doesNotContain("<img src=x");
        }
    }

    private static JsonNode summary(Published published) {
        return Json.parse(new String(Summary.of(new History(published)).content(), StandardCharsets.UTF_8));
    }
}
