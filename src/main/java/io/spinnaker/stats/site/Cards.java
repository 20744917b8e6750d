package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Dashboard.Options;
import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.pictures.Pictures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The cards of all charts, by section, each with a picture. The page's JavaScript adds controls and the table. */
final class Cards {

    private static final int WIDE = 720;
    private static final int NARROW = 340;

    private Cards() {}

    static Html of(Published published) {
        Map<String, List<Html>> sections = new LinkedHashMap<>();
        boolean isFirst = true; // its picture is part of the page, so that it appears without another request
        for (ChartData data : published.charts()) {
            sections.computeIfAbsent(data.chart().section(), section -> new ArrayList<>())
                    .add(card(data, published.options(), isFirst));
            isFirst = false;
        }
        return Html.join(sections.entrySet().stream()
                .map(section -> Html.element(
                        "section",
                        Html.element("h2", Html.text(section.getKey())),
                        Html.element("div", List.of("class", "cards"), Html.join(section.getValue()))))
                .toList());
    }

    private static Html card(ChartData data, Options options, boolean isInline) {
        Chart chart = data.chart();
        String titleId = chart.name() + "-title";
        boolean isEmpty = Pictures.isEmpty(data);
        return Html.element(
                "article",
                List.of("class", "card", "id", chart.name(), "aria-labelledby", titleId),
                Html.element(
                        "header",
                        Html.element(
                                "div",
                                Html.element("h3", List.of("id", titleId), Html.text(chart.title())),
                                Html.element("p", List.of("class", "question"), Html.text(chart.question()))),
                        Html.element("div", List.of("class", "controls"))),
                Html.element(
                        "div",
                        List.of("class", "card-body"),
                        isEmpty
                                ? Html.element("p", List.of("class", "no-data"), Html.text(noData(chart, options)))
                                : figure(data, options, isInline),
                        downloads(chart, isEmpty)));
    }

    private static Html figure(ChartData data, Options options, boolean isInline) {
        String caption = Pictures.caption(data);
        Html picture = isInline
                ? Html.join(inline(data, options, "wide-only", WIDE), inline(data, options, "narrow-only", NARROW))
                : picture(data, options, caption);
        return Html.element(
                "figure",
                Html.element("figcaption", Html.text(caption)),
                Html.element("div", List.of("class", "plot"), picture));
    }

    private static Html inline(ChartData data, Options options, String shownWhere, int width) {
        return Html.element(
                "div", List.of("class", shownWhere), new Html(Pictures.inline(data, width, options.noise())));
    }

    private static Html picture(ChartData data, Options options, String caption) {
        int height =
                Pictures.standaloneHeight(data, options); // so that the page does not move when the picture arrives
        String base = "/data/" + data.chart().name();
        return Html.element(
                "picture",
                Html.element("source", List.of("media", "(prefers-color-scheme: dark)", "srcset", base + "-dark.svg")),
                Html.element(
                        "img",
                        List.of(
                                "src",
                                base + ".svg",
                                "alt",
                                caption,
                                "loading",
                                "lazy",
                                "width",
                                String.valueOf(WIDE),
                                "height",
                                String.valueOf(height))));
    }

    /** When the first numbers of a chart appear. */
    private static String noData(Chart chart, Options options) {
        return chart.period() == ChartPeriod.DAY
                ? "No numbers yet. A day appears when two more days are over, if at least %d instances count on it."
                        .formatted(options.threshold())
                : "No numbers yet. The numbers of a complete month appear on the 5th of the next one, if at least %d instances have reported on two days."
                        .formatted(options.threshold());
    }

    private static Html downloads(Chart chart, boolean isEmpty) {
        List<Html> links = new ArrayList<>();
        for (String format : isEmpty ? List.of("CSV", "JSON") : List.of("CSV", "JSON", "SVG")) {
            links.add(link(
                    "/data/%s.%s".formatted(chart.name(), format.toLowerCase(Locale.ROOT)),
                    "%s: %s file".formatted(chart.title(), format),
                    format));
        }
        links.add(link("/embed.html?chart=" + chart.name(), chart.title() + ": embed in another page", "Embed"));
        return Html.element("p", List.of("class", "downloads"), Html.join(links));
    }

    private static Html link(String href, String label, String text) {
        return Html.element("a", List.of("href", href, "aria-label", label), Html.text(text));
    }
}
