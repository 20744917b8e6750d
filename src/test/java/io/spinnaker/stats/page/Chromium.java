package io.spinnaker.stats.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The installed Chromium: {@code /usr/bin/chromium}, or the path in {@code -Dchromium=…}. */
public final class Chromium implements AutoCloseable {

    /** Keeps Chromium from sending its own requests, such as update checks. */
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

    /** Fails unless that service's page draws that chart, without errors and without requests to other hosts. */
    public static void assertDraws(String chart, String service) {
        try (Site site = Site.at(service);
                Chromium chromium = new Chromium();
                BrowserSession session = chromium.openSession(site, new Browser.NewContextOptions())) {
            session.visit("/");
            BrowserSession.assertDrawn(session.card(chart));
            assertThat(session.errors()).isEmpty();
            assertThat(session.foreignRequests()).isEmpty();
        }
    }

    /** Opens a session without cookies or storage. */
    BrowserSession openSession(Site site, Browser.NewContextOptions options) {
        BrowserSession session = openSessionWithRealClock(site, options);
        session.setToday(1);
        return session;
    }

    /** Opens a session whose clock can measure. */
    BrowserSession openSessionWithRealClock(Site site, Browser.NewContextOptions options) {
        return new BrowserSession(site, browser.newContext(options));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
