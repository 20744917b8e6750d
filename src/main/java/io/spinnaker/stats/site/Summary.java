package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.Dashboard.Licence;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.FileFormats;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Writes {@code summary.json}: the parts that the service puts into the page, so that the first screen needs no JavaScript. */
final class Summary {

    /** Sentences about changes on the page; the report has all of them. */
    private static final int MAX_CHANGES = 6;

    private Summary() {}

    static ChartFile of(History history) {
        Published published = history.published();
        return FileFormats.json(ChartFile.SUMMARY, out -> {
            out.writeStringField("banners", Banners.of(published).markup());
            out.writeStringField("asOf", asOf(published).markup());
            out.writeStringField("keyNumbers", KeyNumbers.of(published).markup());
            out.writeStringField("changes", changes(history).markup());
            out.writeStringField("charts", Cards.of(published).markup());
            out.writeStringField("rules", rules(published.options()).markup());
            out.writeStringField(
                    "licence", licence(published.options().licence()).markup());
        });
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
                : Html.list(changes.stream()
                        .limit(MAX_CHANGES)
                        .map(Summary::sentence)
                        .toList());
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
                        Html.link(Reports.path(month), report),
                        Html.text(" · "),
                        Html.link("/data/" + ChartFile.CHANGES, "Feed of changes")));
    }

    private static Html sentence(Change change) {
        Chart chart = change.chart();
        Html title = change.title().html();
        return Html.join(
                Html.element(
                        "b",
                        chart.hasFeatures() ? Html.link(KeyNumbers.featureHash(chart, change.label()), title) : title),
                Html.text(". " + change.explanation()));
    }

    private static Html paragraph(String text) {
        return Html.element("p", Html.text(text));
    }

    private static Html rules(Options options) {
        return Html.join(
                paragraph("These rules protect the instances that report:"),
                Html.list(Rules.of(options).stream().map(Html::text).toList()));
    }

    private static Html licence(Licence licence) {
        return Html.join(
                Html.text("The data is licensed under "), Html.link(licence.url(), licence.name()), Html.text(". "));
    }
}
