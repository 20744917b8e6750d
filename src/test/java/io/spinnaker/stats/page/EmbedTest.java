package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spinnaker.stats.page.BrowserSession.assertDrawn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Charts in pages of other sites. */
class EmbedTest extends PageTestBase {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void embedsOneChartAndTellsItsHeight(boolean isSandboxed) {
        page.navigate(site.pageThatEmbeds("/embed.html?chart=versions&period=all&theme=dark", isSandboxed));
        FrameLocator frame = page.frameLocator("iframe");
        assertThat(frame.locator("article.card")).hasCount(1);
        assertThat(frame.locator("#versions[data-drawn='trend " + measure("versions") + " all']"))
                .isVisible();
        assertDrawn(frame.locator("#versions .plot"));
        assertThat(frame.locator("#as-of")).containsText("as of");
        assertThat(frame.locator("#embed-help")).isEmpty();
        assertThat(frame.locator("html")).hasAttribute("data-theme", "dark");

        int height = (Integer) frame.locator("body").evaluate("body => Math.ceil(body.getBoundingClientRect().height)");
        page.waitForFunction("height => window.reportedHeight === height", height);
        assertThat(height).isGreaterThan(200);
    }

    @Test
    void embedsAFeatureOverTime() {
        page.navigate(site.pageThatEmbeds("/embed.html?chart=stage-types&label=deploymanifest&compact=1", false));
        FrameLocator frame = page.frameLocator("iframe");
        assertThat(frame.locator("h3")).containsText("deployManifest");
        assertDrawn(frame.locator(".plot"));
        assertThat(frame.locator("#as-of")).isVisible();
    }

    @Test
    void embedsTheChosenViewAndMeasure() {
        page.navigate(site.pageThatEmbeds("/embed.html?chart=stage-types&view=trend&measure=instances", false));
        assertThat(page.frameLocator("iframe").locator("#stage-types[data-drawn='trend instances 12']"))
                .isVisible();
    }

    @Test
    void showsHowToEmbed() {
        session.visit("/embed.html");
        assertThat(page.locator("article.card")).hasCount(site.charts().size());
        session.visit("/embed.html?chart=versions");
        Locator help = page.locator("#embed-help");
        assertThat(help.locator("code").first()).containsText("src=\"" + site.url("/embed.html?chart=versions"));
        assertThat(help).containsText("<img src=\"" + site.url("/data/versions.svg"));
        session.visit("/embed.html?chart=none-such");
        assertThat(page.locator("#messages")).containsText("No such chart");
    }

    @Test
    void showsPicturesWithoutAnyScript() {
        for (String chart : site.charts()) {
            for (String name : new String[] {chart + ".svg", chart + "-dark.svg"}) {
                page.navigate(site.url("/data/" + name));
                assertThat((String) page.evaluate("document.documentElement.textContent"))
                        .as(name)
                        .contains(site.data(chart).path("title").asText())
                        .contains("Demo data", "Licen");
            }
        }
    }
}
