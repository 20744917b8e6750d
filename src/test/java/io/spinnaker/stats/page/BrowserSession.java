package io.spinnaker.stats.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.spinnaker.stats.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** A fresh browser session. Its clock can show the day after the numbers' date, as if the last daily update succeeded. */
final class BrowserSession implements AutoCloseable {

    private static final String AXE = axe();

    private final Site site;
    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private final List<String> foreignRequests = new ArrayList<>();

    BrowserSession(Site site, BrowserContext context) {
        this.site = site;
        this.context = context;
        context.setDefaultTimeout(10_000);
        page = context.newPage();
        page.onConsoleMessage(this::recordError);
        page.onPageError(errors::add);
        page.onRequest(request -> {
            boolean isNavigation =
                    request.isNavigationRequest() && request.frame().parentFrame() == null;
            if (!isNavigation && !request.url().startsWith(site.url("/"))) {
                foreignRequests.add(request.url());
            }
        });
    }

    private void recordError(ConsoleMessage message) {
        if (message.type().equals("error")) {
            errors.add(message.text() + " " + message.location());
        }
    }

    Page page() {
        return page;
    }

    /** Sets the browser's clock to that many days after the numbers' date. */
    void setToday(int daysAfter) {
        LocalDate asOf = LocalDate.parse(site.data("index").path("asOf").asText());
        page.clock()
                .setFixedTime(Date.from(asOf.plusDays(daysAfter).atTime(12, 0).toInstant(ZoneOffset.UTC)));
    }

    /** Opens a path of the site, and waits for its numbers or for the message in their place, and for its search. */
    void visit(String path) {
        page.navigate(site.url(path));
        page.locator("#key-numbers .tile, .panel, .card, .prose, .banner")
                .first()
                .waitFor();
        page.waitForFunction("() => document.getElementById('feature')?.dataset.typed"
                + " ?? (document.body.dataset.page !== 'dashboard' || document.querySelector('.panel'))");
    }

    /** Responds to requests for that file under /data with a modified copy. */
    void replaceFile(String name, Consumer<ObjectNode> change) {
        ObjectNode file = (ObjectNode) site.data(name);
        change.accept(file);
        respond(
                name,
                new Route.FulfillOptions().setContentType("application/json").setBody(file.toString()));
    }

    /** Responds to requests for that file under /data with status 503. */
    void failFile(String name) {
        failFile(name, 503);
    }

    /** Responds to requests for that file under /data with an error. */
    void failFile(String name, int status) {
        respond(name, new Route.FulfillOptions().setStatus(status).setBody(""));
    }

    /** Removes all months from the monthly charts, as in the first month of a deployment. */
    void removeMonths() {
        for (String chart : site.charts()) {
            if (site.data(chart).path("period").asText().equals("month")) {
                replaceFile(chart, file -> {
                    file.putArray("periods");
                    file.putArray("rows");
                });
            }
        }
    }

    private void respond(String name, Route.FulfillOptions response) {
        page.route(site.url("/data/" + name + ".json"), route -> route.fulfill(response));
    }

    /** Lets the site respond again. */
    void restoreFile(String name) {
        page.unroute(site.url("/data/" + name + ".json"));
    }

    /** The card of a chart, scrolled to and drawn. */
    Locator card(String chart) {
        Locator card = page.locator("article[id='" + chart + "']");
        card.scrollIntoViewIfNeeded();
        page.locator("article[id='" + chart + "'][data-drawn]").waitFor();
        return card;
    }

    /** Fails unless the box shows a drawing with shapes and text. */
    static void assertDrawn(Locator box) {
        Locator drawing = box.locator("svg:visible").first();
        drawing.waitFor();
        assertThat((Integer)
                        drawing.evaluate("svg => svg.querySelectorAll('path, polyline, circle, rect, line').length"))
                .as("shapes of the drawing")
                .isPositive();
        assertThat((Integer) drawing.evaluate("svg => svg.querySelectorAll('text').length"))
                .as("texts of the drawing")
                .isPositive();
    }

    /** Fails if axe-core finds a violation. */
    void assertAccessible() {
        page.evaluate(AXE);
        JsonNode violations = Json.parse((String) page.evaluate(
                "() => axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations))"));
        List<String> found = StreamSupport.stream(violations.spliterator(), false)
                .map(violation -> violation.path("id").asText() + ": "
                        + violation.path("nodes").findValuesAsText("html") + " "
                        + violation.path("nodes").findValuesAsText("failureSummary"))
                .toList();
        assertThat(found).as("accessibility violations on " + page.url()).isEmpty();
    }

    /** Errors in the browser's console, and uncaught exceptions of the page's scripts. */
    List<String> errors() {
        return errors;
    }

    /** URLs of requests to other hosts. */
    List<String> foreignRequests() {
        return foreignRequests;
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(BrowserSession.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
