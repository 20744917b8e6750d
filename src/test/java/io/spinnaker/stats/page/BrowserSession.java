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

/** Somebody with a browser of their own. For them it is the day after the numbers' date, as when all is well. */
final class Visitor implements AutoCloseable {

    private static final String AXE = axe();

    private final Site site;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();

    Visitor(Site site, BrowserContext context) {
        this.site = site;
        this.context = context;
        context.setDefaultTimeout(10_000);
        page = context.newPage();
        page.onConsoleMessage(this::complain);
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            boolean wentThere = request.isNavigationRequest() && request.frame().parentFrame() == null;
            if (!wentThere && !request.url().startsWith(site.url("/"))) {
                foreign.add(request.url());
            }
        });
        today(1);
    }

    private void complain(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add(message.text() + " " + message.location());
        }
    }

    Page page() {
        return page;
    }

    /** Sets today's date to so many days after the numbers'. */
    void today(int daysAfter) {
        LocalDate asOf = LocalDate.parse(site.data("index").path("asOf").asText());
        page.clock()
                .setFixedTime(Date.from(asOf.plusDays(daysAfter).atTime(12, 0).toInstant(ZoneOffset.UTC)));
    }

    /** Goes to a path of the site and waits until its numbers are there, or what is said instead. */
    void visit(String path) {
        page.navigate(site.url(path));
        page.locator("#key-numbers .tile, .panel, .card, #fields tbody, .banner")
                .first()
                .waitFor();
    }

    /** Answers that file under /data otherwise than the site does. */
    void change(String name, Consumer<ObjectNode> change) {
        ObjectNode file = (ObjectNode) site.data(name);
        change.accept(file);
        answer(
                name,
                new Route.FulfillOptions().setContentType("application/json").setBody(file.toString()));
    }

    void fail(String name) {
        answer(name, new Route.FulfillOptions().setStatus(503).setBody(""));
    }

    private void answer(String name, Route.FulfillOptions answer) {
        page.route(site.url("/data/" + name + ".json"), route -> route.fulfill(answer));
    }

    /** From now on the site itself answers. */
    void heal(String name) {
        page.unroute(site.url("/data/" + name + ".json"));
    }

    /** The card of a chart, scrolled to and drawn. */
    Locator card(String chart) {
        Locator card = page.locator("article[id='" + chart + "']");
        card.scrollIntoViewIfNeeded();
        page.locator("article[id='" + chart + "'][data-drawn]").waitFor();
        return card;
    }

    /** Whether anything is painted in it. */
    static boolean isDrawn(Locator canvas) {
        return (Boolean) canvas.evaluate("""
                canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
                    .some((value, i) => i % 4 === 3 && value > 0)""");
    }

    /** Fails on what axe-core finds serious or critical. */
    void assertAccessible() {
        page.evaluate(AXE);
        JsonNode violations = Json.parse((String) page.evaluate(
                "() => axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations))"));
        List<String> serious = StreamSupport.stream(violations.spliterator(), false)
                .filter(violation -> List.of("serious", "critical")
                        .contains(violation.path("impact").asText()))
                .map(violation -> violation.path("id").asText() + ": "
                        + violation.path("nodes").findValuesAsText("html") + " "
                        + violation.path("nodes").findValuesAsText("failureSummary"))
                .toList();
        assertThat(serious).as("what axe finds on " + page.url()).isEmpty();
    }

    /** What the browser's console and the page's scripts complained of. */
    List<String> complaints() {
        return complaints;
    }

    /** Addresses of other hosts that were asked for. */
    List<String> foreign() {
        return foreign;
    }

    private static String axe() {
        try (InputStream script = Objects.requireNonNull(Visitor.class.getResourceAsStream("/axe.min.js"))) {
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
