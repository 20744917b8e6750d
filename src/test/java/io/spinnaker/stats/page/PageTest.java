package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spinnaker.stats.page.Visitor.isDrawn;
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
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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

/** What people who open the pages see, and can do there. */
@Tag("browser")
class PageTest {

    private static Site site;
    private static Chromium chromium;

    private Visitor visitor;
    private Page page;
    /** Whether it is the test's own doing that something cannot be loaded. */
    private boolean mayComplain;

    @BeforeAll
    static void open() {
        site = Site.open();
        chromium = new Chromium();
    }

    @AfterAll
    static void close() {
        chromium.close();
        site.close();
    }

    @BeforeEach
    void arrive() {
        visitor = chromium.visitor(site, new Browser.NewContextOptions());
        page = visitor.page();
    }

    @AfterEach
    void leave() {
        try (Visitor leaving = visitor) {
            assertThat(leaving.foreign()).as("requests to other hosts").isEmpty();
            if (!mayComplain) {
                assertThat(leaving.complaints()).as("complaints in the console").isEmpty();
            }
        }
    }

    private void arriveWith(Browser.NewContextOptions options) {
        visitor.close();
        visitor = chromium.visitor(site, options);
        page = visitor.page();
    }

    // --- At first sight ---------------------------------------------------------------------------

    @Test
    void tellsAtOnceWhatSpinnakerIsUsedFor() {
        visitor.visit("/");

        Locator tiles = page.locator("#key-numbers .tile");
        assertThat(tiles).hasCount(6);
        assertThat(tiles.filter(withText("Most used stage type"))).containsText(mostUsed("stage-types"));
        assertThat(tiles.filter(withText("Most used cloud"))).containsText(mostUsed("cloud-providers"));
        assertThat(tiles.filter(withText("Most used trigger"))).containsText(mostUsed("triggers"));
        assertThat(tiles.filter(withText("Most used version"))).containsText(mostUsed("versions"));
        for (Locator tile : tiles.all()) {
            assertThat(tile).not().containsText("…");
        }
    }

    @Test
    void saysHowOldItsNumbersAreAndWarnsOnlyWhenTheyAreTooOld() {
        visitor.today(3);
        visitor.visit("/");
        assertThat(page.locator("#as-of time"))
                .hasAttribute("datetime", site.data("index").path("asOf").asText());
        assertThat(page.locator("#complete")).containsText("complete months");
        assertThat(page.locator(".stale:visible")).hasCount(0);

        visitor.today(4);
        visitor.visit("/");
        assertThat(page.locator("#state .stale")).containsText("4 days old");
        visitor.visit("/embed.html?chart=versions");
        assertThat(page.locator("#state .stale")).containsText("4 days old");
    }

    @Test
    void saysThatNumbersAreMadeUpWhenTheyAre() {
        visitor.visit("/");
        assertThat(page.locator(".demo"))
                .hasCount(site.data("index").path("demo").asBoolean() ? 1 : 0);

        visitor.change("index", index -> index.put("demo", true));
        for (String path : List.of("/", "/embed.html")) {
            visitor.visit(path);
            assertThat(page.locator(".demo")).containsText("Demo data");
        }
    }

    @Test
    void saysWhatToDoWhenThereIsNoDataYet() {
        visitor.change("index", index -> index.putNull("asOf").put("dev", true));
        visitor.visit("/");
        assertThat(page.locator("#empty")).containsText("No data yet");
        assertThat(page.locator("#empty code")).hasText("curl -X POST localhost:8080/dev/demo");
        assertThat(page.locator("#numbers")).isHidden();
        visitor.assertAccessible();

        visitor.change("index", index -> index.putNull("asOf").put("dev", false));
        visitor.visit("/");
        assertThat(page.locator("#empty")).containsText("No data yet");
        assertThat(page.locator("#empty code")).hasCount(0);
    }

    @Test
    void saysThatNumbersCannotBeLoadedAndTriesAgain() {
        mayComplain = true;
        visitor.fail("index");
        visitor.visit("/");
        assertThat(page.locator("#broken")).containsText("cannot be loaded");
        assertThat(page.locator("#numbers")).isHidden();
        visitor.assertAccessible();

        visitor.heal("index");
        page.getByText("Try again").click();
        assertThat(page.locator("#key-numbers .tile").first()).isVisible();
        assertThat(page.locator("#broken")).hasCount(0);
    }

    @Test
    void drawsTheOtherChartsWhenOneCannotBeLoaded() {
        mayComplain = true;
        visitor.fail("versions");
        visitor.visit("/");
        Locator broken = page.locator("#versions");
        broken.scrollIntoViewIfNeeded();
        assertThat(broken).containsText("cannot be loaded");
        assertThat(isDrawn(visitor.card("versions-at-least").locator("canvas"))).isTrue();

        visitor.heal("versions");
        broken.getByText("Try again").click();
        assertThat(broken.locator("canvas")).isVisible();
    }

    // --- Charts -----------------------------------------------------------------------------------

    @Test
    void drawsEveryChartOfTheListWithItsTableAndFiles() {
        visitor.visit("/");
        List<String> charts = site.charts();
        assertThat(charts).isNotEmpty();
        assertThat(page.locator("article.card")).hasCount(charts.size());
        for (String chart : charts) {
            Locator card = visitor.card(chart);
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
    void showsAsManyMonthsAsAreChosen(String period, int months) {
        visitor.visit("/");
        Locator card = visitor.card("versions");
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
    void drawsWhatIsChosenOfAChart() {
        visitor.visit("/");
        Locator card = visitor.card("stage-types");
        assertThat(card.locator("figcaption")).containsText("instances");
        card.getByLabel("what is drawn").selectOption("count");
        assertThat(card.locator("figcaption"))
                .containsText(site.data("stage-types").path("unit").asText());
        card.getByLabel("how it is drawn").selectOption("trend");
        assertThat(card).hasAttribute("data-drawn", "trend count 12");
        assertThat(card.locator(".legend li").first()).isVisible();
        assertThat(isDrawn(card.locator("canvas"))).isTrue();
    }

    @Test
    void showsLabelsAsTextWhateverTheySay() {
        String label = "<img src=x onerror=\"document.title='pwned'\">\u202eevil";
        visitor.change("stage-types", file -> relabel(file, mostUsed("stage-types"), label));
        visitor.visit("/");
        Locator card = visitor.card("stage-types");
        card.getByText("Table", exactly()).click();
        page.locator("#key-numbers a").first().click();
        assertThat(page.locator("#explored h3")).containsText("<img src=x onerror=");
        assertThat(page.locator("#explored h3")).not().containsText("\u202e");
        assertThat(page.locator("img")).hasCount(0);
        assertThat(page).hasTitle("How Spinnaker is used");
    }

    // --- The explorer -----------------------------------------------------------------------------

    @Test
    void answersBothQuestionsAboutAStageTypeInTwoClicks() {
        String stage = mostUsed("stage-types");
        visitor.visit("/");
        Locator input = page.locator("#feature");
        assertThat(input).isEnabled();

        input.click();
        page.locator("#features [role=option]").first().click();

        assertExplained("stage-types/" + stage);
        assertThat(page.locator("#explored h3")).containsText(stage);
        assertThat(page.locator("#explored h3")).containsText("stage type");
        assertThat(page.locator("#explorer")).isInViewport();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage-types", "cloud-providers", "triggers"})
    void opensAFeatureFromItsAddress(String chart) {
        String label = mostUsed(chart);
        visitor.visit("/#" + chart + "/" + label);
        assertExplained(chart + "/" + label);
        assertThat(page.locator("#explorer")).isInViewport();
        assertThat(page.locator("#feature")).hasValue(label);
    }

    @Test
    void goesFromATablesLabelToItsFeature() {
        String label = mostUsed("triggers");
        visitor.visit("/");
        Locator card = visitor.card("triggers");
        card.getByText("Table", exactly()).click();
        card.getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(label).setExact(true))
                .first()
                .click();
        assertExplained("triggers/" + label);
    }

    @Test
    void canBeExploredByKeyboardAlone() {
        String stage = mostUsed("stage-types");
        visitor.visit("/");
        assertThat(page.locator("#feature")).isEnabled();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        for (int tabs = 0; tabs < 20 && !isFocused("feature"); tabs++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator("#feature")).isFocused();

        page.keyboard().type(stage);
        assertThat(page.locator("#features")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#features")).isHidden();
        page.keyboard().press("ArrowDown");
        Locator active = page.locator("[role=option][aria-selected=true]");
        assertThat(active).containsText(stage);
        assertThat(page.locator("#feature")).hasAttribute("aria-activedescendant", active.getAttribute("id"));
        page.keyboard().press("Enter");

        assertExplained("stage-types/" + stage);
        assertThat(page.locator("#features")).isHidden();
    }

    @Test
    void saysSoWhenNobodyUsesWhatIsAskedFor() {
        visitor.visit("/#stage-types/noSuchStage");
        assertThat(page.locator("#explored")).containsText("No stage type of this name");
        page.locator("#feature").fill("noSuchStage");
        assertThat(page.locator("#features [role=option]")).hasCount(0);
        assertThat(page.locator("#feature-count")).containsText("Nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    grows                  | i => 10 + 5 * i                        | Gaining        | No
                    shrinks                | i => 110 - 2 * i                       | Losing         | Not yet
                    is used by few         | i => 5                                 | Steady         | With notice
                    is everywhere          | i => 180                               | Steady         | No
                    has just come          | i => i < 33 ? null : 15                | New            | Not yet
                    has gone               | i => i < 30 ? 20 : null                | No longer seen | Probably
                    was never there        | i => null                              | Not seen       | Probably
                    is young, and shrinks  | i => i < 25 ? null : 55 - 5 * (i - 25) | Losing         | With notice
                    """)
    void judgesAFeatureThat(String does, String instances, String traction, String removal) {
        visitor.visit("/");
        assertThat(judge(instances, "i => 200")).as(does).containsExactly(traction, removal);
    }

    @Test
    void seesNoGrowthInWhatOnlyGrowsAsAllDo() {
        visitor.visit("/");
        assertThat(judge("i => 50 + 2 * i", "i => 100 + 4 * i").getFirst()).isEqualTo("Steady");
        assertThat(judge("i => 50", "i => 100 + 5 * i").getFirst()).isEqualTo("Losing");
    }

    /** The answers about 36 months, of which each is a function of its number, of 200 instances in all. */
    private List<String> judge(String instances, String all) {
        String script = """
                async () => {
                  const { judge } = await import('/js/verdict.js');
                  const months = [...Array(36).keys()];
                  const { traction, removal } = judge({
                    months: months.map(i => `${2024 + Math.floor(i / 12)}-${String(i % 12 + 1).padStart(2, '0')}-01`),
                    instances: months.map(INSTANCES), runs: months.map(INSTANCES), all: months.map(ALL),
                    total: 200, unit: 'stage runs', threshold: 5,
                  });
                  return [traction.answer, removal.answer];
                }""".replace("INSTANCES", instances).replace("ALL", all);
        return ((List<?>) page.evaluate(script)).stream().map(String::valueOf).toList();
    }

    // --- In other pages, for everybody ------------------------------------------------------------

    @Test
    void embedsOneChartInAnotherPage() {
        page.navigate(site.pageThatEmbeds("/embed.html?chart=versions&period=all&theme=dark"));
        var frame = page.frameLocator("iframe");
        assertThat(frame.locator("article.card")).hasCount(1);
        assertThat(frame.locator("#versions[data-drawn='trend " + measure("versions") + " all']"))
                .isVisible();
        assertThat(isDrawn(frame.locator("canvas"))).isTrue();
        assertThat(frame.locator("#as-of")).containsText("as of");
        assertThat(frame.locator("#how")).isEmpty();
        assertThat(frame.locator("html")).hasAttribute("data-theme", "dark");
    }

    @Test
    void embedsAllChartsAndSaysHow() {
        visitor.visit("/embed.html");
        assertThat(page.locator("article.card")).hasCount(site.charts().size());
        assertThat(page.locator("#how code")).containsText("<iframe src=\"" + site.url("/embed.html"));
        visitor.visit("/embed.html?chart=none-such");
        assertThat(page.locator("#state")).containsText("no chart of this name");
    }

    @Test
    void showsEveryFieldThatIsCollected() {
        visitor.visit("/what-we-collect/");
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
    void remembersWhoChoseLightOrDark() {
        arriveWith(new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT));
        visitor.visit("/");
        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        visitor.visit("/what-we-collect/");
        assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
        assertThat(page.locator("body")).hasCSS("color-scheme", "dark");
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 320", "DARK, 320"})
    void isForEverybodyWithAnyScreen(ColorScheme scheme, int width) {
        arriveWith(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800));
        visitor.visit("/#stage-types/" + mostUsed("stage-types"));
        assertExplained("stage-types/" + mostUsed("stage-types"));
        site.charts()
                .forEach(chart ->
                        visitor.card(chart).getByText("Table", exactly()).click());
        assertFits(width);
        visitor.assertAccessible();
        page.locator("#feature").click();
        assertThat(page.locator("#features")).isVisible();
        assertFits(width);
        visitor.assertAccessible();

        for (String path : List.of("/what-we-collect/", "/embed.html", "/embed.html?chart=stage-types")) {
            visitor.visit(path);
            if (path.startsWith("/embed")) {
                visitor.card("stage-types");
            }
            assertFits(width);
            visitor.assertAccessible();
        }
    }

    // --- Helpers ----------------------------------------------------------------------------------

    private void assertExplained(String feature) {
        Locator explored = page.locator("#explored[data-feature='" + feature + "']");
        explored.waitFor();
        assertThat(explored.locator(".verdict")).hasCount(2);
        assertThat(explored.locator(".verdict").nth(0)).containsText("gaining traction?");
        assertThat(explored.locator(".verdict").nth(1)).containsText("removed safely?");
        for (Locator words : explored.locator(".verdict .words").all()) {
            assertThat(words).containsText("instances");
        }
        assertThat(explored.locator("dl")).containsText("First month seen");
        assertThat(explored.locator("canvas")).hasCount(2);
        for (Locator canvas : explored.locator("canvas").all()) {
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

    /** The label that most instances used in the last month, and of several the first. */
    private static String mostUsed(String chart) {
        JsonNode rows = site.data(chart).path("rows");
        String last = periods(chart).stream().max(Comparator.naturalOrder()).orElseThrow();
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("period").asText().equals(last)
                        && !row.path("label").asText().startsWith("("))
                .max(Comparator.comparingInt(
                                (JsonNode row) -> row.path("instances").asInt())
                        .thenComparing(row -> row.path("label").asText(), Comparator.reverseOrder()))
                .orElseThrow()
                .path("label")
                .asText();
    }

    private static String measure(String chart) {
        return site.data(chart).path("measure").asText();
    }

    private static Set<String> periods(String chart) {
        return Set.copyOf(site.data(chart).path("rows").findValuesAsText("period"));
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
