package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spinnaker.stats.page.BrowserSession.assertDrawn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.spinnaker.stats.contract.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The charts, what the page says about them, and the page about the collected data. */
class PageTest extends PageTestBase {

    @Test
    void showsTileOfEachChartThatHasOne() {
        session.visit("/");

        Locator tiles = page.locator("#key-numbers .tile");
        List<JsonNode> charts = list(site.data("index").path("charts")).stream()
                .filter(chart -> chart.has("tile"))
                .toList();
        assertThat(charts).isNotEmpty();
        assertThat(tiles).hasCount(charts.size());
        for (JsonNode chart : charts) {
            String name = chart.path("name").asText();
            boolean isTop = chart.path("tileValue").asText().equals("top");
            Locator tile = tiles.filter(withText(chart.path("tile").asText()));
            assertThat(tile).containsText(isTop ? mostUsed(name) : "reported in");
            if (isTop) {
                assertThat(tile).containsText(share(name, mostUsed(name)));
            }
        }
    }

    @Test
    void showsDateOfNumbersAndWarnsIfStale() {
        session.setToday(3);
        session.visit("/");
        assertThat(page.locator("#as-of time"))
                .hasAttribute("datetime", site.data("index").path("asOf").asText());
        assertThat(page.locator("#latest-month")).containsText("the latest are for");
        assertThat(page.locator(".stale:visible")).hasCount(0);

        session.setToday(4);
        session.visit("/");
        assertThat(page.locator("#messages .stale")).containsText("4 days old");
        session.visit("/embed.html?chart=versions");
        assertThat(page.locator("#messages .stale")).containsText("4 days old");
    }

    @Test
    void explainsRulesAndLicence() {
        session.visit("/");
        JsonNode index = site.data("index");
        Locator rules = page.locator("#how-to-read li");
        assertThat(rules.filter(
                        withText("Numbers below " + index.path("threshold").asInt() + " are not shown.")))
                .hasCount(1);
        assertThat(rules.filter(withText("small random error")))
                .hasCount(index.path("noise").asBoolean() ? 1 : 0);
        JsonNode licence = index.path("licence");
        assertThat(page.locator("footer a[href='" + licence.path("url").asText() + "']"))
                .hasText(licence.path("name").asText());
        assertThat(page.locator("a[href='/data/all.zip']")).hasCount(1);
        assertThat(site.get("/data/all.zip").statusCode()).isEqualTo(200);
    }

    @Test
    void showsNoNumbersOfMonthsWithoutCompleteData() {
        session.replaceFile("stage-types", file -> loseDays(file, lastPeriod("stage-types")));
        session.visit("/");
        assertThat(session.card("stage-types")).containsText("No complete data for");
    }

    // --- Charts -----------------------------------------------------------------------------------

    @Test
    void drawsEveryChartWithItsTableAndDownloads() {
        session.visit("/");
        List<String> charts = site.charts();
        assertThat(charts).isNotEmpty();
        assertThat(page.locator("article.card")).hasCount(charts.size());
        for (String chart : charts) {
            Locator card = session.card(chart);
            JsonNode file = site.data(chart);
            assertThat(card.getByRole(AriaRole.HEADING))
                    .hasText(file.path("title").asText());
            assertThat(card).containsText(file.path("question").asText());
            assertDrawn(card.locator(".plot"));
            assertThat(card.locator(".plot svg").first().getAttribute("aria-label"))
                    .as(chart)
                    .startsWith(file.path("title").asText())
                    .hasSizeGreaterThan(40);
            card.locator("summary").click();
            assertThat(card.locator("tbody tr").first()).isVisible();
            for (String link :
                    List.of("/data/" + chart + ".csv", "/data/" + chart + ".json", "/data/" + chart + ".svg")) {
                assertThat(card.locator("a[href='" + link + "']")).isVisible();
                assertThat(site.get(link).statusCode()).isEqualTo(200);
            }
            assertThat(card.locator("a[href='/embed.html?chart=" + chart + "']"))
                    .isVisible();
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "12, 12", "all, 36"})
    void showsSelectedNumberOfMonths(String period, int months) {
        session.visit("/");
        Locator card = session.card("versions");
        page.locator("#period input[value='" + period + "']").check();
        assertThat(card)
                .hasAttribute(
                        "data-drawn", "trend " + measure("versions") + " " + (period.equals("all") ? "all" : months));
        card.locator("summary").click();
        card.locator("tbody tr").first().waitFor();
        Set<String> shown = Set.copyOf(card.locator("td.period").allTextContents());
        assertThat(shown).hasSize(Math.min(months, periods("versions").size()));
    }

    @Test
    void keepsSelectedMeasureAndViewInTheAddress() {
        session.visit("/");
        Locator card = session.card("stage-types");
        assertThat(card.locator("figcaption").first()).containsText("instances");
        card.getByLabel("measure").selectOption("regular-percent");
        assertThat(card.locator("figcaption").first()).containsText("use it regularly");
        card.getByLabel("view").selectOption("trend");
        assertThat(card).hasAttribute("data-drawn", "trend regular-percent 12");
        page.locator("#period input[value='all']").check();

        page.reload();
        assertThat(session.card("stage-types")).hasAttribute("data-drawn", "trend regular-percent all");
        assertThat(page.locator("#period input[value='all']")).isChecked();
        assertDrawn(card.locator(".plot"));
    }

    @Test
    void drawsOtherChartsIfOneFails() {
        expectsErrors = true;
        session.failFile("versions");
        session.visit("/");
        Locator broken = page.locator("#versions");
        broken.scrollIntoViewIfNeeded();
        assertThat(broken).containsText("could not be loaded");
        assertDrawn(session.card("version-adoption").locator(".plot"));

        session.restoreFile("versions");
        broken.getByText("Try again").click();
        assertThat(page.locator("#versions[data-drawn]")).isVisible();
    }

    @Test
    void showsUnknownAndOwnNamesLastAndNewestReleaseFirst() {
        session.visit("/");
        List<String> names = barNames(session.card("stage-types"));
        assertThat(names.getFirst()).isEqualTo(mostUsed("stage-types"));
        assertThat(names.getLast()).startsWith("(");
        Locator versions = session.card("versions");
        versions.getByLabel("view").selectOption("bars");
        assertThat(versions).hasAttribute("data-drawn", "bars instances-percent 12");
        List<String> releases = barNames(versions).stream()
                .filter(name -> name.matches("[0-9].*"))
                .toList();
        assertThat(releases).hasSizeGreaterThan(2);
        assertThat(releases.getFirst()).isGreaterThan(releases.getLast());
    }

    /** The first text of each bar is its name. */
    private static List<String> barNames(Locator card) {
        return list(Json.parse((String) card.locator(".plot svg").first().evaluate("""
                svg => JSON.stringify([...svg.querySelectorAll('text')].map(text => text.textContent))"""))).stream()
                .map(JsonNode::asText)
                .filter(text -> !text.matches("(under )?[0-9]+%.*"))
                .toList();
    }

    @Test
    void showsMaliciousLabelsAsText() {
        String label = "<img src=x onerror=\"document.title='pwned'\">\u202eevil";
        session.replaceFile("stage-types", file -> relabel(file, mostUsed("stage-types"), label));
        session.visit("/");
        Locator card = session.card("stage-types");
        card.locator("summary").click();
        assertThat(card.locator("tbody")).containsText("<img src=x onerror=");
        assertThat(card.locator("tbody")).not().containsText("\u202e");
        assertThat(card.locator(".plot")).not().containsText("\u202e");
        assertThat(page.locator("img[src='x']")).hasCount(0);
        assertThat(page).hasTitle("How Spinnaker is used");
    }

    // --- What we collect, reports, unknown addresses -------------------------------------------------

    @Test
    void listsEveryCollectedField() {
        session.visit("/what-we-collect/");
        List<String> fields =
                fields("", Json.parse(site.get("/events.schema.json").body())).toList();
        assertThat(fields).contains("execution.stages.cloud_provider.id");
        assertThat(page.locator("#fields tbody code").allTextContents()).isEqualTo(fields);
        for (Locator row : page.locator("#fields tbody tr:not(.record)").all()) {
            assertThat(row.locator("td").nth(0).textContent()).isNotBlank();
            assertThat(row.locator("td").nth(1).textContent()).startsWith("Kept");
        }
        assertThat(page.locator("main")).containsText("hal config stats disable");
        Json.parse(page.locator("pre[aria-label='Example of an event']").textContent());
    }

    @Test
    void reportsAMonthInWordsAtAPermanentAddress() {
        session.visit("/");
        page.locator("#changes a[href^='/report/']").first().click();
        String month = lastPeriod("active-instances").substring(0, 7);
        assertThat(page.url()).endsWith("/report/" + month + "/");
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator("main")).containsText(mostUsed("stage-types"));
        assertThat(page.locator("main")).containsText(share("stage-types", mostUsed("stage-types")));
        session.assertAccessible();
        assertThat(site.get("/report/" + month + ".md").body()).contains(mostUsed("stage-types"));
        assertThat(site.get("/data/changes.xml").body()).contains("/report/" + month + "/");
    }

    @Test
    void showsAPageForAMistypedAddress() {
        expectsErrors = true;
        page.navigate(site.url("/no-such-page"));
        assertThat(page.locator("h1")).hasText("Page not found");
        session.assertAccessible();
        page.getByText("How Spinnaker is used").click();
        assertThat(page.locator("#key-numbers .tile").first()).isVisible();
    }

    // --- Helpers ----------------------------------------------------------------------------------

    /** Lets a period have data of no day but one. */
    private static void loseDays(ObjectNode file, String period) {
        file.path("periods").forEach(each -> {
            if (each.path("period").asText().equals(period)) {
                ((ObjectNode) each).put("daysWithData", 1);
            }
        });
    }

    private static void relabel(ObjectNode file, String from, String to) {
        ((ArrayNode) file.path("rows")).forEach(row -> {
            if (row.path("label").asText().equals(from)) {
                ((ObjectNode) row).put("label", to);
            }
        });
    }

    private static Stream<String> fields(String prefix, JsonNode columns) {
        return list(columns).stream().flatMap(column -> {
            String name = prefix + column.path("name").asText();
            return Stream.concat(Stream.of(name), fields(name + ".", column.path("fields")));
        });
    }
}
