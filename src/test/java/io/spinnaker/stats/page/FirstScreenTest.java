package io.spinnaker.stats.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spinnaker.stats.page.BrowserSession.assertDrawn;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.LoadState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first screen: how soon it appears, and the sentences that are true when there is nothing to show. */
class FirstScreenTest extends PageTestBase {

    private static final int MAX_REQUESTS = 8;
    private static final int MAX_BYTES = 60_000;
    private static final double MAX_LAYOUT_SHIFT = 0.05;
    private static final int ATTEMPTS = 3;

    @Test
    void saysWhatToDoWithoutData() {
        session.replaceFile("index", index -> index.putNull("asOf").put("dev", true));
        session.visit("/");
        assertThat(page.locator("#no-data")).containsText("No data yet");
        assertThat(page.locator("#no-data code")).hasText("curl -X POST localhost:8080/dev/demo");
        assertThat(page.locator("#numbers")).isHidden();
        session.assertAccessible();

        session.replaceFile("index", index -> index.putNull("asOf").put("dev", false));
        session.visit("/");
        assertThat(page.locator("#no-data")).containsText("The first complete month can be");
        assertThat(page.locator("#no-data code")).hasCount(0);
        assertThat(page.locator("#no-data")).not().containsText("false");
    }

    @Test
    void saysThatNothingIsPublishedYet() {
        expectsErrors = true;
        session.failFile("index", 404);
        session.visit("/");
        assertThat(page.locator("#not-published")).containsText("Nothing is published yet");
        assertThat(page.getByText("could not be loaded")).hasCount(0);
        session.assertAccessible();
    }

    @Test
    void saysThatChartsHaveNoNumbersYet() {
        session.removeMonths();
        session.visit("/");
        assertThat(session.card("triggers")).containsText("No numbers yet");
        session.assertAccessible();
    }

    @Test
    void saysThatNumbersCannotBeLoadedAndRetries() {
        expectsErrors = true;
        session.failFile("index");
        session.visit("/");
        assertThat(page.locator("#load-error")).containsText("could not be loaded");
        session.assertAccessible();

        session.restoreFile("index");
        page.getByText("Try again").click();
        assertThat(page.locator("#load-error")).hasCount(0);
        assertDrawn(session.card("triggers").locator(".plot"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/embed.html"})
    void showsBannerForDemoData(String path) {
        session.visit(path);
        assertThat(page.locator(".card").first()).isVisible();
        assertThat(page.locator(".demo")).containsText("Demo data");
        session.assertAccessible();
    }

    @Test
    void isCompleteWithoutJavaScript() {
        openSessionWith(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(site.url("/"));
        assertThat(page.locator("#key-numbers")).containsText(share("stage-types", mostUsed("stage-types")));
        assertThat(page.locator("#changes")).containsText("What changed in");
        assertThat(page.locator("#stage-types .plot svg:visible")).containsText(mostUsed("stage-types"));
        for (String chart : site.charts()) {
            assertThat(page.locator("article[id='" + chart + "'] figcaption"))
                    .not()
                    .isEmpty();
        }
        page.navigate(site.url("/what-we-collect/"));
        assertThat(page.locator("#fields tbody code").first()).isVisible();
    }

    /** The chart is part of the page, so nothing else needs to arrive before it. */
    @Test
    void showsTheFirstChartAfterFewRequestsAndBytes() {
        List<Response> responses = new ArrayList<>();
        openSessionWithRealClock(new Browser.NewContextOptions());
        page.onResponse(responses::add);
        observe();
        page.navigate(site.url("/"));
        double seen = firstChartSeen();
        List<Response> before = responses.stream()
                .filter(response -> response.request().timing().startTime
                                - responses.getFirst().request().timing().startTime
                        <= seen)
                .toList();
        assertThat(before).hasSizeLessThanOrEqualTo(MAX_REQUESTS);
        assertThat(before.stream()
                        .mapToInt(response -> response.request().sizes().responseBodySize)
                        .sum())
                .isLessThanOrEqualTo(MAX_BYTES);
    }

    /** Chromium's own presets, with a CPU that is four times slower. The best attempt counts, because the machine does other work. */
    @ParameterizedTest
    @CsvSource({"fast 4G, 165, 1012500, 1000", "slow 3G, 2000, 50000, 4000"})
    void showsTheFirstChartInTimeOnASlowNetwork(String name, int latency, int bytesPerSecond, int limitMillis) {
        double best = DoubleStream.generate(() -> {
                    openSessionWithRealClock(new Browser.NewContextOptions().setViewportSize(412, 900));
                    throttle(latency, bytesPerSecond);
                    observe();
                    page.navigate(site.url("/"));
                    return firstChartSeen();
                })
                .limit(ATTEMPTS)
                .min()
                .orElseThrow();
        assertThat(best).as(name).isLessThanOrEqualTo(limitMillis);
    }

    @ParameterizedTest
    @CsvSource({"390, 844", "1280, 900"})
    void doesNotShiftWhileItLoads(int width, int height) {
        openSessionWith(new Browser.NewContextOptions().setViewportSize(width, height));
        observe();
        session.visit("/");
        session.card("stage-types");
        page.waitForLoadState(LoadState.NETWORKIDLE);
        assertThat(((Number) page.evaluate("window.layoutShift")).doubleValue()).isLessThan(MAX_LAYOUT_SHIFT);
    }

    /** Notes when the frame with the first chart is over, and how far things have moved. */
    private void observe() {
        page.addInitScript("""
                window.layoutShift = 0;
                new PerformanceObserver(list => list.getEntries().forEach(entry => {
                    window.layoutShift += entry.hadRecentInput ? 0 : entry.value;
                })).observe({ type: 'layout-shift', buffered: true });
                const note = () => { window.firstChart = performance.now(); };
                const look = () => requestAnimationFrame(
                    document.querySelector('#stage-types .plot svg') ? note : look);
                requestAnimationFrame(look);""");
    }

    private void throttle(int latency, int bytesPerSecond) {
        CDPSession devTools = page.context().newCDPSession(page);
        devTools.send("Network.enable");
        JsonObject network = new JsonObject();
        network.addProperty("offline", false);
        network.addProperty("latency", latency);
        network.addProperty("downloadThroughput", bytesPerSecond);
        network.addProperty("uploadThroughput", bytesPerSecond);
        devTools.send("Network.emulateNetworkConditions", network);
        JsonObject cpu = new JsonObject();
        cpu.addProperty("rate", 4);
        devTools.send("Emulation.setCPUThrottlingRate", cpu);
    }

    /** Milliseconds from the beginning of the navigation until the first chart has been painted. */
    private double firstChartSeen() {
        page.locator("#stage-types .plot svg:visible").first().waitFor();
        return ((Number) page.waitForFunction("() => window.firstChart").jsonValue()).doubleValue();
    }
}
