package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.FileFormats;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes {@code summary.json}: the parts that the service puts into the page, so that the first screen needs no JavaScript. */
final class Summary {

    /** Sentences about changes on the page; the report has all of them. */
    private static final int MAX_CHANGES = 6;

    /** After more days without an event, readers are warned. */
    private static final int SILENT_DAYS = 3;

    private Summary() {}

    static ChartFile of(History history) {
        Published published = history.published();
        return FileFormats.json(ChartFile.SUMMARY, out -> {
            out.writeStringField("banners", banners(published).markup());
            out.writeStringField("asOf", asOf(published).markup());
            out.writeStringField("keyNumbers", KeyNumbers.of(published).markup());
            out.writeStringField("changes", changes(history).markup());
            out.writeStringField("charts", Cards.of(published).markup());
        });
    }

    /** Warnings that readers without JavaScript need, too, and that must not move the page. The JavaScript has the same sentences. */
    private static Html banners(Published published) {
        LocalDate asOf = published.status().asOf();
        LocalDate lastEventDay = published.status().lastEventDay();
        List<Html> banners = new ArrayList<>();
        if (published.options().isDemo()) {
            banners.add(banner(
                    "banner demo",
                    "Demo data. ",
                    "These numbers are generated to show the page. No Spinnaker instance reported them."));
        }
        if (asOf != null && lastEventDay != null && lastEventDay.isBefore(asOf.minusDays(SILENT_DAYS))) {
            banners.add(banner(
                    "banner stale silent",
                    "No events since %s. ".formatted(Format.day(lastEventDay)),
                    "The collection may have failed. Days and months without complete data have no numbers."));
        }
        return Html.join(banners);
    }

    private static Html banner(String style, String title, String text) {
        return Html.element("p", List.of("class", style), Html.element("strong", Html.text(title)), Html.text(text));
    }

    private static Html asOf(Published published) {
        LocalDate asOf = published.status().asOf();
        Html day = asOf == null
                ? Html.text("No data yet")
                : Html.join(
                        Html.text("As of "),
                        Html.element("time", List.of("datetime", asOf.toString()), Html.text(Format.day(asOf))));
        Optional<LocalDate> last = History.instances(published).lastPeriod();
        String months = last.isPresent()
                ? "Monthly numbers appear on the 5th of the next month; the latest are for %s."
                        .formatted(Format.month(last.get()))
                : FirstMonth.sentence(published);
        return Html.join(
                Html.element("p", List.of("id", "as-of"), day),
                Html.element("p", List.of("id", "latest-month"), Html.text(months)));
    }

    private static Html changes(History history) {
        Optional<LocalDate> last = history.lastComplete();
        if (last.isEmpty()) {
            return Html.join(
                    Html.element("h2", Html.text("What changed")),
                    paragraph("Changes from month to month appear here. " + FirstMonth.sentence(history.published())));
        }
        LocalDate month = last.get();
        List<Change> changes = Changes.of(history, month);
        Html sentences = changes.isEmpty()
                ? paragraph(Reports.noChange(history, month))
                : Html.element(
                        "ul",
                        Html.join(changes.stream()
                                .limit(MAX_CHANGES)
                                .map(change -> Html.element("li", sentence(change)))
                                .toList()));
        int more = changes.size() - MAX_CHANGES;
        String report = "Report of %s%s"
                .formatted(
                        Format.month(month), more > 0 ? " with %s".formatted(Format.plural(more, "more change")) : "");
        return Html.join(
                Html.element("h2", Html.text("What changed in " + Format.month(month))),
                sentences,
                Html.element(
                        "p",
                        List.of("class", "more"),
                        link(Reports.path(month), report),
                        Html.text(" · "),
                        link("/data/" + ChartFile.CHANGES, "Feed of changes")));
    }

    private static Html sentence(Change change) {
        Chart chart = change.chart();
        Html title = change.title().html();
        return Html.join(
                Html.element(
                        "b",
                        chart.hasFeatures()
                                ? Html.element(
                                        "a", List.of("href", KeyNumbers.featureHash(chart, change.label())), title)
                                : title),
                Html.text(". " + change.explanation()));
    }

    private static Html paragraph(String text) {
        return Html.element("p", Html.text(text));
    }

    static Html link(String href, String text) {
        return Html.element("a", List.of("href", href), Html.text(text));
    }
}
