package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.Dashboard.Published;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Warnings that readers need before any number. The page comes with them, so that they neither need JavaScript nor move the page.
 * Only the age of the numbers is left to the page's JavaScript, because nobody else knows it when publication fails.
 */
final class Banners {

    /** After more days without an event, readers are warned. */
    private static final int SILENT_DAYS = 3;

    private static final String ISSUES = "https://github.com/spinnaker/stats/issues";

    private Banners() {}

    static Html of(Published published) {
        LocalDate asOf = published.status().asOf();
        LocalDate lastEventDay = published.status().lastEventDay();
        List<Html> banners = new ArrayList<>();
        if (published.options().isDemo()) {
            banners.add(banner(
                    "banner demo",
                    "Demo data. ",
                    Html.text("These numbers are generated to show the page. No Spinnaker instance reported them.")));
        }
        if (asOf != null && lastEventDay != null && lastEventDay.isBefore(asOf.minusDays(SILENT_DAYS))) {
            banners.add(banner(
                    "banner stale silent",
                    "No events since %s. ".formatted(Format.day(lastEventDay)),
                    Html.text(
                            "The collection may have failed. Days and months without complete data have no numbers. Please "),
                    Html.link(ISSUES, "report the problem"),
                    Html.text(" unless there is an issue already.")));
        }
        if (asOf != null && History.instances(published).lastPeriod().isEmpty()) {
            banners.add(banner(
                    "banner",
                    "No monthly numbers yet. ",
                    Html.text(
                            ("A month has numbers if each of its days has data and at least %d instances count. They appear on "
                                            + "the 5th of the next month.")
                                    .formatted(published.options().threshold()))));
        }
        return Html.join(banners);
    }

    private static Html banner(String style, String title, Html... sentences) {
        return Html.element(
                "p", List.of("class", style), Html.element("strong", Html.text(title)), Html.join(sentences));
    }
}
