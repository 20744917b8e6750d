package io.spinnaker.stats.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browser of this machine, {@code /usr/bin/chromium} unless {@code -Dchromium=…} says otherwise. */
public final class Chromium implements AutoCloseable {

    /** It shall draw pages, and talk to nobody else. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getProperty("chromium", "/usr/bin/chromium")))
                    .setHeadless(true)
                    .setArgs(ARGUMENTS));

    /** Fails unless who opens the page of that service sees that chart, and what it needs comes from there alone. */
    public static void assertDraws(String chart, String service) {
        try (Site site = Site.at(service);
                Chromium chromium = new Chromium();
                Visitor visitor = chromium.visitor(site, new Browser.NewContextOptions())) {
            visitor.visit("/");
            assertThat(Visitor.isDrawn(visitor.card(chart).locator("canvas"))).isTrue();
            assertThat(visitor.complaints()).isEmpty();
            assertThat(visitor.foreign()).isEmpty();
        }
    }

    /** Somebody who has never been here. */
    Visitor visitor(Site site, Browser.NewContextOptions options) {
        return new Visitor(site, browser.newContext(options));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
