package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spinnaker.stats.page.BrowserSession.isDrawn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.spinnaker.stats.contract.Json;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser: what readers see, and what they can do. */
@Tag("browser")
class PageTest {

    private static Site site;
    private static Chromium chromium;

    private BrowserSession session;
    private Page page;
    /** Whether the test makes requests fail, which the browser logs as errors. */
    private boolean expectsErrors;

    @BeforeAll
    static void startBrowser() {
        site = Site.open();
        chromium = new Chromium();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
        site.close();
    }

    @BeforeEach
    void openSession() {
        session = chromium.openSession(site, new Browser.NewContextOptions());
        page = session.page();
    }

    @AfterEach
    void closeSession() {
        try (BrowserSession closing = session) {
            assertThat(closing.foreignRequests()).as("requests to other hosts").isEmpty();
            if (!expectsErrors) {
                assertThat(closing.errors()).as("errors in the console").isEmpty();
            }
        }
    }

    private void openSessionWith(Browser.NewContextOptions options) {
        session.close();
        session = chromium.openSession(site, options);
        page = session.page();
    }

    // --- First screen -----------------------------------------------------------------------------

    @Test
    void showsTileOfEachChartThatHasOne() {
        session.visit("/");

        Locator tiles = page.locator("#key-numbers .tile");
        List<JsonNode> charts = StreamSupport.stream(
                        site.data("index").path("charts").spliterator(), false)
                .filter(chart -> chart.has("tile"))
                .toList();
        assertThat(charts).isNotEmpty();
        assertThat(tiles).hasCount(charts.size());
        for (JsonNode chart : charts) {
            String name = chart.path("name").asText();
            boolean isTop = chart.path("tileValue").asText().equals("top");
            Locator tile = tiles.filter(withText(chart.path("tile").asText()));
            assertThat(tile).containsText(isTop ? mostUsed(name) : "reported in");
            assertThat(tile).not().containsText("…");
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
        assertThat(page.locator("#banners .stale")).containsText("4 days old");
        session.visit("/embed.html?chart=versions");
        assertThat(page.locator("#banners .stale")).containsText("4 days old");
    }

    @Test
    void warnsIfNoEventsArrive() {
        LocalDate asOf = LocalDate.parse(site.data("index").path("asOf").asText());
        for (String path : List.of("/", "/embed.html?chart=versions")) {
            session.replaceFile(
                    "index",
                    index -> index.put("lastEventDay", asOf.minusDays(3).toString()));
            session.visit(path);
            assertThat(page.locator("article.card").first()).isVisible();
            assertThat(page.locator("#banners .silent")).hasCount(0);

            session.replaceFile(
                    "index",
                    index -> index.put("lastEventDay", asOf.minusDays(4).toString()));
            session.visit(path);
            assertThat(page.locator("#banners .silent")).containsText("No events since");
        }
        session.assertAccessible();
    }

    @Test
    void explainsRulesAndLicence() {
        session.visit("/");
        assertThat(page.locator("#anonymity")).containsText("are not shown.");
        JsonNode index = site.data("index");
        assertThat(page.locator("#anonymity li", new Page.LocatorOptions().setHasText("random error")))
                .hasCount(index.path("noise").asBoolean() ? 1 : 0);
        JsonNode licence = index.path("licence");
        assertThat(page.locator("footer a[href='" + licence.path("url").asText() + "']"))
                .hasText(licence.path("name").asText());
        assertThat(page.locator("a[href='/data/all.zip']")).hasCount(1);
        assertThat(site.get("/data/all.zip").statusCode()).isEqualTo(200);
    }

    @Test
    void showsNoNumbersOfMonthsWithoutCompleteData() {
        List<String> months = periods("stage-types").stream().sorted().toList();
        for (String chart : List.of("stage-types", "triggers", "cloud-providers")) {
            session.replaceFile(chart, file -> loseDays(file, months.getLast()));
        }
        session.visit("/#stage-types/" + mostUsed("stage-types"));
        assertThat(page.locator("#feature-details .verdict .headline").first()).hasText("No data");
        assertThat(session.card("stage-types")).containsText("No complete data for");
    }

    @Test
    void showsBannerForDemoData() {
        session.visit("/");
        assertThat(page.locator(".demo"))
                .hasCount(site.data("index").path("demo").asBoolean() ? 1 : 0);

        session.replaceFile("index", index -> index.put("demo", true));
        for (String path : List.of("/", "/embed.html")) {
            session.visit(path);
            assertThat(page.locator(".demo")).containsText("Demo data");
        }
    }

    @Test
    void explainsWhatToDoWithoutData() {
        session.replaceFile("index", index -> index.putNull("asOf").put("dev", true));
        session.visit("/");
        assertThat(page.locator("#no-data")).containsText("No data yet");
        assertThat(page.locator("#no-data code")).hasText("curl -X POST localhost:8080/dev/demo");
        assertThat(page.locator("#numbers")).isHidden();
        session.assertAccessible();

        session.replaceFile("index", index -> index.putNull("asOf").put("dev", false));
        session.visit("/");
        assertThat(page.locator("#no-data")).containsText("No data yet");
        assertThat(page.locator("#no-data code")).hasCount(0);
        assertThat(page.locator("#no-data")).not().containsText("false");
    }

    @Test
    void showsErrorAndRetriesIfIndexFails() {
        expectsErrors = true;
        session.failFile("index");
        session.visit("/");
        assertThat(page.locator("#load-error")).containsText("could not be loaded");
        assertThat(page.locator("#numbers")).isHidden();
        session.assertAccessible();

        session.restoreFile("index");
        page.getByText("Try again").click();
        assertThat(page.locator("#key-numbers .tile").first()).isVisible();
        assertThat(page.locator("#load-error")).hasCount(0);
    }

    @Test
    void drawsOtherChartsIfOneFails() {
        expectsErrors = true;
        session.failFile("versions");
        session.visit("/");
        Locator broken = page.locator("#versions");
        broken.scrollIntoViewIfNeeded();
        assertThat(broken).containsText("could not be loaded");
        assertThat(isDrawn(session.card("version-adoption").locator("canvas"))).isTrue();

        session.restoreFile("versions");
        broken.getByText("Try again").click();
        assertThat(broken.locator("canvas")).isVisible();
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
            assertThat(isDrawn(card.locator("canvas"))).as(chart).isTrue();
            assertThat(card.locator("canvas").getAttribute("aria-label"))
                    .startsWith(file.path("title").asText())
                    .hasSizeGreaterThan(40);
            card.getByText("Table", exactly()).click();
            assertThat(card.locator("tbody tr").first()).isVisible();
            for (String link : List.of("/data/" + chart + ".csv", "/data/" + chart + ".json")) {
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
        card.getByText("Table", exactly()).click();
        card.locator("tbody tr").first().waitFor();
        assertThat(isDrawn(card.locator("canvas"))).isTrue();
        Set<String> shown = Set.copyOf(card.locator("td.period").allTextContents());
        assertThat(shown).hasSize(Math.min(months, periods("versions").size()));
    }

    @Test
    void drawsSelectedMeasureAndView() {
        session.visit("/");
        Locator card = session.card("stage-types");
        assertThat(card.locator("figcaption")).containsText("instances");
        card.getByLabel("measure").selectOption("regular-percent");
        assertThat(card.locator("figcaption")).containsText("use it regularly");
        card.getByLabel("view").selectOption("trend");
        assertThat(card).hasAttribute("data-drawn", "trend regular-percent 12");
        assertThat(card.locator(".legend li").first()).isVisible();
        assertThat(isDrawn(card.locator("canvas"))).isTrue();
    }

    @Test
    void showsMaliciousLabelsAsText() {
        String label = "<img src=x onerror=\"document.title='pwned'\">\u202eevil";
        session.replaceFile("stage-types", file -> relabel(file, mostUsed("stage-types"), label));
        session.visit("/");
        Locator card = session.card("stage-types");
        card.getByText("Table", exactly()).click();
        page.locator("#key-numbers a").first().click();
        assertThat(page.locator("#feature-details h3")).containsText("<img src=x onerror=");
        assertThat(page.locator("#feature-details h3")).not().containsText("\u202e");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page).hasTitle("How Spinnaker is used");
    }

    // --- The explorer -----------------------------------------------------------------------------

    @Test
    void judgesStageTypeInTwoClicks() {
        String stage = mostUsed("stage-types");
        session.visit("/");
        Locator input = page.locator("#feature");
        assertThat(input).isEnabled();

        input.click();
        page.locator("#feature-list [role=option]").first().click();

        assertJudged("stage-types/" + stage);
        assertThat(page.locator("#feature-details h3")).containsText(stage);
        assertThat(page.locator("#feature-details h3")).containsText("stage type");
        assertThat(page.locator("#explorer")).isInViewport();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage-types", "cloud-providers", "triggers"})
    void opensFeatureFromFragment(String chart) {
        String label = mostUsed(chart);
        session.visit("/#" + chart + "/" + label);
        assertJudged(chart + "/" + label);
        assertThat(page.locator("#explorer")).isInViewport();
        assertThat(page.locator("#feature")).hasValue(label);
    }

    @Test
    void tableLabelsLinkToTheExplorer() {
        String label = mostUsed("triggers");
        session.visit("/");
        Locator card = session.card("triggers");
        card.getByText("Table", exactly()).click();
        card.getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(label).setExact(true))
                .first()
                .click();
        assertJudged("triggers/" + label);
    }

    @Test
    void explorerWorksByKeyboard() {
        String stage = mostUsed("stage-types");
        session.visit("/");
        assertThat(page.locator("#feature")).isEnabled();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        for (int tabs = 0; tabs < 20 && !isFocused("feature"); tabs++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator("#feature")).isFocused();

        page.keyboard().type(stage);
        assertThat(page.locator("#feature-list")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#feature-list")).isHidden();
        page.keyboard().press("ArrowDown");
        Locator active = page.locator("[role=option][aria-selected=true]");
        assertThat(active).containsText(stage);
        assertThat(page.locator("#feature")).hasAttribute("aria-activedescendant", active.getAttribute("id"));
        page.keyboard().press("Enter");

        assertJudged("stage-types/" + stage);
        assertThat(page.locator("#feature-list")).isHidden();
    }

    @Test
    void explorerOffersFeaturesOfOtherChartsIfOneFails() {
        expectsErrors = true;
        String trigger = mostUsed("triggers");
        session.failFile("stage-types");
        session.visit("/");
        assertThat(page.locator("#feature-error"))
                .containsText(site.data("stage-types").path("title").asText());
        page.locator("#feature").fill(trigger);
        page.locator("#feature-list [role=option]")
                .filter(withText(trigger))
                .first()
                .click();
        assertJudged("triggers/" + trigger);

        session.visit("/#stage-types/" + mostUsed("stage-types"));
        assertThat(page.locator("#feature-details")).containsText("could not be loaded");
        session.assertAccessible();
    }

    @Test
    void saysSoIfFeatureIsNotReported() {
        session.visit("/#stage-types/noSuchStage");
        assertThat(page.locator("#feature-details")).containsText("No number is published under this name");
        page.locator("#feature").fill("noSuchStage");
        assertThat(page.locator("#feature-list [role=option]")).hasCount(0);
        assertThat(page.locator("#feature-count")).containsText("No matches");
    }

    @Test
    void explainsNamesThatSpinnakerCannotReport() {
        JsonNode unreportable = site.data("triggers").path("unreportable").path(0);
        String name = unreportable.path("name").asText();
        session.visit("/");
        page.locator("#feature").fill(name);
        page.locator("#feature-list [role=option]")
                .filter(withText(
                        "reported as " + unreportable.path("reportedAs").asText()))
                .first()
                .click();
        assertThat(page.locator("#feature-details h3")).containsText(name);
        assertThat(page.locator("#feature-details")).containsText("cannot report");
        assertThat(page.locator("#feature-details .verdict")).hasCount(0);
    }

    @Test
    void opensFeatureFromFragmentInAnotherCase() {
        String label = mostUsed("cloud-providers");
        session.visit("/#cloud-providers/" + label.toLowerCase(Locale.ROOT));
        assertThat(page.locator("#feature-details[data-feature='cloud-providers/" + label + "']"))
                .isVisible();
    }

    // --- Embeds, other pages, accessibility ----------------------------------------------------------

    @Test
    void embedsOneChartInAnotherPage() {
        page.navigate(site.pageThatEmbeds("/embed.html?chart=versions&period=all&theme=dark"));
        var frame = page.frameLocator("iframe");
        assertThat(frame.locator("article.card")).hasCount(1);
        assertThat(frame.locator("#versions[data-drawn='trend " + measure("versions") + " all']"))
                .isVisible();
        assertThat(isDrawn(frame.locator("canvas"))).isTrue();
        assertThat(frame.locator("#as-of")).containsText("as of");
        assertThat(frame.locator("#embed-help")).isEmpty();
        assertThat(frame.locator("html")).hasAttribute("data-theme", "dark");
    }

    @Test
    void embedPageShowsAllChartsAndHowToEmbed() {
        session.visit("/embed.html");
        assertThat(page.locator("article.card")).hasCount(site.charts().size());
        assertThat(page.locator("#embed-help code")).containsText("<iframe src=\"" + site.url("/embed.html"));
        session.visit("/embed.html?chart=none-such");
        assertThat(page.locator("#banners")).containsText("No such chart");
    }

    @Test
    void listsEveryCollectedField() {
        session.visit("/what-we-collect/");
        assertThat(page.locator("#field-count")).containsText("fields");
        List<String> fields =
                fields("", Json.parse(site.get("/events.schema.json").body())).toList();
        assertThat(fields).contains("execution.stages.cloud_provider.id");
        assertThat(page.locator("#fields tbody code").allTextContents()).isEqualTo(fields);
        for (Locator row : page.locator("#fields tbody tr:not(.record)").all()) {
            assertThat(row.locator("td").nth(0).textContent()).isNotBlank();
            assertThat(row.locator("td").nth(1).textContent()).startsWith("Kept");
        }
        assertThat(page.locator("main")).containsText("hal config stats disable");
        assertThat(page.locator("#retention")).not().hasText("…");
    }

    @Test
    void remembersSelectedTheme() {
        openSessionWith(new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT));
        session.visit("/");
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        session.visit("/what-we-collect/");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("body")).hasCSS("color-scheme", "dark");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 320", "DARK, 320"})
    void fitsAnyScreenAndPassesAccessibilityChecks(ColorScheme scheme, int width) {
        openSessionWith(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800));
        session.visit("/#stage-types/" + mostUsed("stage-types"));
        assertJudged("stage-types/" + mostUsed("stage-types"));
        site.charts()
                .forEach(chart ->
                        session.card(chart).getByText("Table", exactly()).click());
        assertFits(width);
        session.assertAccessible();
        page.locator("#feature").click();
        assertThat(page.locator("#feature-list")).isVisible();
        assertFits(width);
        session.assertAccessible();

        for (String path : List.of("/what-we-collect/", "/embed.html", "/embed.html?chart=stage-types")) {
            session.visit(path);
            if (path.startsWith("/embed")) {
                session.card("stage-types");
            }
            assertFits(width);
            session.assertAccessible();
        }
    }

    // --- Helpers ----------------------------------------------------------------------------------

    private void assertJudged(String feature) {
        Locator details = page.locator("#feature-details[data-feature='" + feature + "']");
        details.waitFor();
        assertThat(details.locator(".verdict").first()).containsText("Is its use growing?");
        assertThat(details.locator(".verdict").last()).containsText("Who would be affected");
        for (Locator explanation : details.locator(".verdict .explanation").all()) {
            assertThat(explanation).not().isEmpty();
        }
        assertThat(details.locator("dl")).containsText("Use it regularly");
        assertThat(details.locator("canvas").first()).isVisible();
        for (Locator canvas : details.locator("canvas").all()) {
            page.waitForCondition(() -> isDrawn(canvas));
        }
        assertThat(page.url()).endsWith("#" + feature);
    }

    private void assertFits(int width) {
        assertThat((Integer) page.evaluate("document.scrollingElement.scrollWidth"))
                .as("width of " + page.url())
                .isLessThanOrEqualTo(width);
    }

    private boolean isFocused(String id) {
        return id.equals(page.evaluate("document.activeElement.id"));
    }

    /** The value with the most instances in the last month; if there are several, the first one. */
    private static String mostUsed(String chart) {
        JsonNode rows = site.data(chart).path("rows");
        String last = periods(chart).stream().max(Comparator.naturalOrder()).orElseThrow();
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("period").asText().equals(last)
                        && isValue(row.path("label").asText()))
                .max(Comparator.comparingInt(
                                (JsonNode row) -> row.path("instances").asInt())
                        .thenComparing(row -> row.path("label").asText(), Comparator.reverseOrder()))
                .orElseThrow()
                .path("label")
                .asText();
    }

    private static boolean isValue(String label) {
        return !label.startsWith("(") && !label.endsWith("UNKNOWN");
    }

    /** The measure that a chart shows first. */
    private static String measure(String chart) {
        JsonNode file = site.data(chart);
        String first = file.path("numbers").path(0).asText();
        boolean isCount = first.equals("share")
                || file.path("period").asText().equals("day")
                || file.path("tileValue").asText().equals("instances");
        return isCount ? first : first + "-percent";
    }

    /** The periods of a chart that have complete data. */
    private static Set<String> periods(String chart) {
        return StreamSupport.stream(site.data(chart).path("periods").spliterator(), false)
                .filter(period -> !period.path("instances").isNull()
                        && period.path("days").asInt()
                                == period.path("daysWithData").asInt())
                .map(period -> period.path("period").asText())
                .collect(Collectors.toSet());
    }

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
        return StreamSupport.stream(columns.spliterator(), false).flatMap(column -> {
            String name = prefix + column.path("name").asText();
            return Stream.concat(Stream.of(name), fields(name + ".", column.path("fields")));
        });
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
