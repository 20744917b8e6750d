package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Tests of the pages in a real browser. Each test has a fresh session, and fails if the page asks another host. */
@Tag("browser")
abstract class PageTestBase {

    static Site site;
    private static Chromium chromium;

    BrowserSession session;
    Page page;
    /** Whether the test makes requests fail, which the browser logs as errors. */
    boolean expectsErrors;

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

    void openSessionWith(Browser.NewContextOptions options) {
        session.close();
        session = chromium.openSession(site, options);
        page = session.page();
    }

    void openSessionWithRealClock(Browser.NewContextOptions options) {
        session.close();
        session = chromium.openSessionWithRealClock(site, options);
        page = session.page();
    }

    /** The explorer shows the feature, with verdicts and drawings. */
    void assertJudged(String feature) {
        Locator details = page.locator("#feature-details[data-feature='" + feature + "']");
        details.waitFor();
        assertThat(details.locator(".verdict").first()).containsText("Is its use growing?");
        assertThat(details.locator(".verdict").last()).containsText("Who would be affected");
        for (Locator explanation : details.locator(".verdict .explanation").all()) {
            assertThat(explanation).not().isEmpty();
        }
        BrowserSession.assertDrawn(details.locator(".plot").first());
        assertThat(page.url()).endsWith("#" + feature);
    }

    /** Types into the search and presses Enter. */
    void search(String query) {
        page.locator("#feature").fill(query);
        page.locator("#feature").press("Enter");
    }

    void assertFits(int width) {
        assertThat((Integer) page.evaluate("document.scrollingElement.scrollWidth"))
                .as("width of " + page.url())
                .isLessThanOrEqualTo(width);
    }

    Locator link(Locator within, String name) {
        return within.getByRole(
                AriaRole.LINK, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** The feature as {@code features.json} has it. */
    static JsonNode feature(String chart, String label) {
        return list(site.data("features").path("features")).stream()
                .filter(feature -> feature.path("chart").asText().equals(chart)
                        && feature.path("label").asText().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(chart + "/" + label));
    }

    /** A feature of the chart that has verdicts. */
    static Stream<JsonNode> judgedFeatures(String chart) {
        return list(site.data("features").path("features")).stream()
                .filter(feature -> feature.path("chart").asText().equals(chart)
                        && feature.has("traction")
                        && feature.has("affected"));
    }

    /** The value with the most instances in the last month; if there are several, the first one. */
    static String mostUsed(String chart) {
        String last = lastPeriod(chart);
        return list(site.data(chart).path("rows")).stream()
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
    static String measure(String chart) {
        JsonNode file = site.data(chart);
        String first = file.path("numbers").path(0).asText();
        boolean isCount = first.equals("share")
                || file.path("period").asText().equals("day")
                || file.path("tileValue").asText().equals("instances");
        return isCount ? first : first + "-percent";
    }

    /** The periods of a chart that have complete data. */
    static Set<String> periods(String chart) {
        return list(site.data(chart).path("periods")).stream()
                .filter(period -> !period.path("instances").isNull()
                        && period.path("days").asInt()
                                == period.path("daysWithData").asInt())
                .map(period -> period.path("period").asText())
                .collect(Collectors.toSet());
    }

    static String lastPeriod(String chart) {
        return periods(chart).stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    /** The share of instances that have the label in the last month, as the page shows it. */
    static String share(String chart, String label) {
        JsonNode file = site.data(chart);
        String last = lastPeriod(chart);
        int instances = list(file.path("rows")).stream()
                .filter(row -> row.path("period").asText().equals(last)
                        && row.path("label").asText().equals(label))
                .findFirst()
                .orElseThrow()
                .path("instances")
                .asInt();
        int all = list(file.path("periods")).stream()
                .filter(period -> period.path("period").asText().equals(last))
                .findFirst()
                .orElseThrow()
                .path("instances")
                .asInt();
        return Math.round(Math.min(100, 100.0 * instances / all)) + "%";
    }

    static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
