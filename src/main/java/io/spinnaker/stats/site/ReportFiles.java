package io.spinnaker.stats.site;

import io.spinnaker.stats.charts.ChartFile;
import io.spinnaker.stats.charts.FileFormats;
import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.site.Report.Section;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a report as a page and as Markdown. Both say the same. */
final class ReportFiles {

    /** Link previews need absolute addresses. */
    private static final String SITE = "https://stats.spinnaker.io";

    private ReportFiles() {}

    static List<ChartFile> of(Report report) {
        YearMonth month = YearMonth.from(report.month());
        return List.of(
                FileFormats.text(ChartFile.reportName(month, "html"), html(report)),
                FileFormats.text(ChartFile.reportName(month, "md"), markdown(report)));
    }

    /** The address of the Markdown. */
    private static String markdownPath(LocalDate month) {
        return "/report/" + YearMonth.from(month) + ".md";
    }

    private static String html(Report report) {
        Html main = Html.element(
                "main",
                List.of("class", "wide prose"),
                Html.join(report.sections().stream().map(ReportFiles::html).toList()),
                Html.element("p", Html.text("This report as "), Html.link(markdownPath(report.month()), "Markdown")));
        Html header = Html.element(
                "header",
                List.of("class", "top"),
                Html.element(
                        "div",
                        List.of("class", "wide"),
                        Html.element("div", List.of("class", "title"), Html.element("h1", Html.text(report.title()))),
                        Html.element("nav", List.of("aria-label", "Pages"), Html.join(navigation(report)))));
        return "<!doctype html>\n"
                + Html.element(
                                "html",
                                List.of("lang", "en"),
                                head(report),
                                Html.element("body", List.of("data-page", "report"), header, main))
                        .markup()
                + "\n";
    }

    private static Html head(Report report) {
        String path = Reports.path(report.month());
        return Html.element(
                "head",
                Html.element("meta", List.of("charset", "utf-8")),
                Html.element("meta", List.of("name", "viewport", "content", "width=device-width, initial-scale=1")),
                Html.element("title", Html.text(report.title())),
                Html.element("meta", List.of("name", "description", "content", report.summary())),
                Html.element("meta", List.of("property", "og:type", "content", "article")),
                Html.element("meta", List.of("property", "og:title", "content", report.title())),
                Html.element("meta", List.of("property", "og:description", "content", report.summary())),
                Html.element("meta", List.of("property", "og:url", "content", SITE + path)),
                Html.element("meta", List.of("property", "og:image", "content", SITE + "/data/stage-types.svg")),
                Html.element("link", List.of("rel", "canonical", "href", path)),
                Html.element(
                        "link",
                        List.of("rel", "alternate", "type", "text/markdown", "href", markdownPath(report.month()))),
                Html.element(
                        "link",
                        List.of(
                                "rel",
                                "alternate",
                                "type",
                                "application/atom+xml",
                                "href",
                                "/data/" + ChartFile.CHANGES)),
                Html.element("link", List.of("rel", "icon", "href", "/icon.svg", "type", "image/svg+xml")),
                Html.element("link", List.of("rel", "stylesheet", "href", "/style.css")));
    }

    private static List<Html> navigation(Report report) {
        List<Html> links = new ArrayList<>();
        links.add(Html.link("/", "How Spinnaker is used"));
        addLink(links, report.previous());
        addLink(links, report.next());
        return links;
    }

    private static void addLink(List<Html> links, @Nullable LocalDate month) {
        if (month != null) {
            links.add(Html.text(" "));
            links.add(Html.link(Reports.path(month), Format.month(month)));
        }
    }

    private static Html html(Section section) {
        List<Html> parts = new ArrayList<>();
        parts.add(Html.element("h2", Html.text(section.title())));
        section.paragraphs().forEach(paragraph -> parts.add(Html.element("p", paragraph.html())));
        if (!section.items().isEmpty()) {
            parts.add(Html.list(section.items().stream().map(Text::html).toList()));
        }
        return Html.element("section", Html.join(parts));
    }

    private static String markdown(Report report) {
        StringBuilder text = new StringBuilder("# ").append(report.title()).append("\n");
        for (Section section : report.sections()) {
            text.append("\n## ").append(section.title()).append("\n");
            section.paragraphs()
                    .forEach(paragraph ->
                            text.append("\n").append(paragraph.markdown()).append("\n"));
            if (!section.items().isEmpty()) {
                text.append("\n");
                section.items()
                        .forEach(item ->
                                text.append("- ").append(item.markdown()).append("\n"));
            }
        }
        return text.toString();
    }
}
