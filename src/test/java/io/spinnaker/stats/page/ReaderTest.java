package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spinnaker.stats.page.BrowserSession.assertDrawn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import io.spinnaker.stats.contract.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page on any screen, on paper, in any colors, and by links to its parts. */
class ReaderTest extends PageTestBase {

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 320", "DARK, 320"})
    void fitsAnyScreenAndPassesAccessibilityChecks(ColorScheme scheme, int width) {
        openSessionWith(new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800));
        session.visit("/#stage-types/" + mostUsed("stage-types"));
        assertJudged("stage-types/" + mostUsed("stage-types"));
        site.charts().forEach(chart -> session.card(chart).locator("summary").click());
        assertFits(width);
        session.assertAccessible();
        page.locator("#feature").click();
        assertThat(page.locator("#feature-list")).isVisible();
        assertFits(width);
        session.assertAccessible();

        String report = "/report/" + lastPeriod("active-instances").substring(0, 7) + "/";
        for (String path : new String[] {"/what-we-collect/", report, "/embed.html", "/embed.html?chart=stage-types"}) {
            session.visit(path);
            if (path.startsWith("/embed")) {
                session.card("stage-types");
            }
            assertFits(width);
            session.assertAccessible();
        }
    }

    /** The texts of a drawing that a bar covers by more than two pixels. */
    private static final String COVERED_NAMES = """
            svg => {
                const bars = [...svg.querySelectorAll('rect:not(.hit)')].map(bar => bar.getBoundingClientRect());
                const isCovered = ({ left, right, top, bottom }) => bars.some(bar =>
                    bar.left < right - 2 && bar.right > left + 2 && bar.top < bottom - 2 && bar.bottom > top + 2);
                return [...svg.querySelectorAll('text')]
                    .filter(text => isCovered(text.getBoundingClientRect()))
                    .map(text => text.textContent)
                    .join();
            }""";

    /** No name is cut off, neither by the drawing nor by its card. */
    @Test
    void showsWholeNamesOnASmallScreen() {
        openSessionWith(new Browser.NewContextOptions().setViewportSize(320, 800));
        session.visit("/");
        for (String chart : new String[] {"stage-types", "environments", "deployed-artifacts"}) {
            Locator card = session.card(chart);
            JsonNode texts =
                    Json.parse((String) card.locator(".plot svg").first().evaluate("""
                    svg => JSON.stringify([...svg.querySelectorAll('text')].map(text => {
                        const { left, right } = text.getBoundingClientRect();
                        return { text: text.textContent, left, right };
                    }))"""));
            for (JsonNode text : texts) {
                assertThat(text.path("left").asDouble()).as(text.toString()).isGreaterThanOrEqualTo(0);
                assertThat(text.path("right").asDouble()).as(text.toString()).isLessThanOrEqualTo(320);
                assertThat(text.path("text").asText()).doesNotContain("\u2026");
            }
            assertThat(card.locator(".plot svg").first()).containsText(mostUsed(chart));
            assertThat((String) card.locator(".plot svg").first().evaluate(COVERED_NAMES))
                    .as("names that bars cover")
                    .isEmpty();
        }
    }

    @Test
    void keepsColorsOfSeriesInForcedColors() {
        page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        session.visit("/");
        Locator card = session.card("versions");
        Number colors = (Number) card.locator(".plot svg").first().evaluate("""
                svg => new Set([...svg.querySelectorAll('rect, path, polyline')]
                    .map(shape => getComputedStyle(shape))
                    .flatMap(style => [style.fill, style.stroke])
                    .filter(color => color !== 'none' && color !== 'rgb(0, 0, 0)')).size""");
        assertThat(colors.intValue()).isGreaterThan(2);
    }

    @Test
    void printsEveryChartInLightColors() {
        openSessionWith(
                new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK).setViewportSize(794, 1100));
        session.visit("/");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
        assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
        assertThat(page.locator("#period")).isHidden();
        assertThat(page.locator("#theme")).isHidden();
        for (String chart : site.charts()) {
            assertThat(page.locator("article[id='" + chart + "'] .plot :is(svg, img):visible")
                            .first())
                    .isVisible();
        }
        assertFits(794);
        assertThat(page.pdf()).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({
        "/#versions, versions, 1280, 900",
        "/#versions, versions, 390, 844",
        "/#pipelines-per-instance, pipelines-per-instance, 390, 844",
        "/what-we-collect/#off, off, 1280, 900",
        "/what-we-collect/#off, off, 390, 844",
        "/what-we-collect/#raw-data, raw-data, 390, 844",
    })
    void landsOnThePartThatALinkNames(String path, String id, int width, int height) {
        openSessionWith(new Browser.NewContextOptions().setViewportSize(width, height));
        session.visit(path);
        page.waitForFunction("""
                id => {
                    const { top } = document.getElementById(id).getBoundingClientRect();
                    const isAtEnd = innerHeight + scrollY >= document.scrollingElement.scrollHeight - 1;
                    return top >= 0 && (top <= 50 || isAtEnd);
                }""", id);
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

    /** A screen reader reads names, and what a picture shows in words. */
    @Test
    void namesEveryControlAndPicture() {
        session.visit("/");
        site.charts().forEach(chart -> session.card(chart));
        for (Locator control : page.locator("button:visible, select:visible, input:visible, summary:visible")
                .all()) {
            assertThat((String)
                            control.evaluate("e => e.ariaLabel || e.labels?.[0]?.textContent || e.textContent || ''"))
                    .isNotBlank();
        }
        assertThat(page.locator("article.card summary").allTextContents()).doesNotHaveDuplicates();
        assertDrawn(session.card("versions").locator(".plot"));
    }

    @Test
    void readsNumbersOfALineByKeyboard() {
        session.visit("/");
        Locator plot = session.card("versions")
                .locator(".plot [tabindex='0'], .plot[tabindex='0']")
                .first();
        plot.focus();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("#versions .readout")).isVisible();
        assertThat(page.locator("#versions .readout")).containsText("%");
    }
}
