package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Chart.Annotation;
import io.spinnaker.stats.charts.Chart.View;
import io.spinnaker.stats.charts.ChartData;
import io.spinnaker.stats.charts.ChartPeriod;
import io.spinnaker.stats.charts.Dashboard;
import io.spinnaker.stats.charts.Format;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Draws each chart in its default view as an SVG document. The same numbers give the same bytes. */
public final class Pictures {

    /** Pictures that are narrower than this have names above bars and below lines instead of beside them. */
    static final int NARROW = 480;

    private static final String FONTS =
            "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif";
    private static final String SOURCE = "Source: Spinnaker usage statistics, stats.spinnaker.io.";
    private static final String DEMO = "Demo data, generated. No Spinnaker instance reported these numbers.";
    private static final int WIDTH = 720;
    private static final double PADDING = 24;
    private static final double NOTE = 11.5;
    private static final int MONTHS_OF_ANNOTATIONS = 12;

    private Pictures() {}

    /** A picture that explains itself: with title, caption, date, source and licence, on a solid background. */
    public static String standalone(ChartData data, Theme theme, Dashboard.Options options) {
        Function<Color, String> colors = color -> color.in(theme);
        SvgWriter svg = new SvgWriter(colors);
        double height = drawStandalone(svg, new SvgWriter(colors), data, options);
        SvgWriter background = new SvgWriter(colors);
        background.rect(0, 0, WIDTH, height, Color.CARD).end().add(svg);
        return document(data, colors, WIDTH, height, FONTS, background);
    }

    /** The height of the standalone picture in CSS pixels. */
    public static int standaloneHeight(ChartData data, Dashboard.Options options) {
        Function<Color, String> colors = color -> color.in(Theme.LIGHT);
        return (int) drawStandalone(new SvgWriter(colors), new SvgWriter(colors), data, options);
    }

    /**
     * A picture as a part of the page, which has the title, caption and date beside it and provides the colours.
     *
     * @param width in CSS pixels: 340 for phones, 720 otherwise
     * @param noise whether the numbers have noise, which faint bands show
     */
    public static String inline(ChartData data, int width, boolean noise) {
        SvgWriter svg = new SvgWriter(Color::inPage);
        double height = draw(svg, data, noise, width);
        return document(data, Color::inPage, width, Math.ceil(height), "inherit", svg);
    }

    /** Describes the picture in one or two sentences. */
    public static String caption(ChartData data) {
        return Caption.of(data);
    }

    /** Whether there are no numbers to draw. */
    public static boolean isEmpty(ChartData data) {
        return data.lastPeriod().map(last -> data.points(last).isEmpty()).orElse(true);
    }

    private static double drawStandalone(SvgWriter svg, SvgWriter plot, ChartData data, Dashboard.Options options) {
        double y = write(svg, data.chart().title(), PADDING + 20, 21, Color.INK, "600");
        y = write(svg, caption(data), y + 1, 14, Color.MUTED, null);
        double height = draw(plot, data, options.noise(), WIDTH - 2 * PADDING);
        svg.begin("g")
                .with("transform", "translate(" + SvgWriter.number(PADDING) + " " + SvgWriter.number(y) + ")")
                .add(plot)
                .end();
        y += height + 28;
        for (String note : notes(data, options)) {
            y = write(svg, note, y, NOTE, Color.MUTED, null);
        }
        y = write(svg, options.isDemo() ? DEMO : SOURCE, y + 6, NOTE, Color.INK, null);
        return Math.ceil(write(svg, dateAndLicence(data, options), y, NOTE, Color.INK, null) + PADDING - 14);
    }

    /** Writes the text in lines, the first of which has its baseline at y. Returns the baseline of what follows. */
    private static double write(
            SvgWriter svg, String text, double y, double fontSize, Color color, @Nullable String weight) {
        double baseline = y;
        for (String line : TextWidth.wrap(text, fontSize, WIDTH - 2 * PADDING)) {
            svg.label(PADDING, baseline, fontSize, color)
                    .with("font-weight", weight)
                    .text(line)
                    .end();
            baseline += fontSize * 1.4;
        }
        return baseline;
    }

    private static double draw(SvgWriter svg, ChartData data, boolean noise, double width) {
        if (isEmpty(data)) {
            svg.label(0, 20, 14, Color.MUTED).text("No numbers yet.").end();
            return 30;
        }
        return switch (data.chart().view()) {
            case BARS -> BarsDrawing.draw(svg, Bars.of(data), noise, width);
            case TREND ->
                PlotDrawing.draw(
                        svg,
                        data.chart().period() == ChartPeriod.DAY
                                ? WeeklyPlot.of(data).plot()
                                : TrendPlot.of(data),
                        noise,
                        width);
            case AGE -> PlotDrawing.draw(svg, AgePlot.of(data), noise, width);
        };
    }

    private static String document(
            ChartData data,
            Function<Color, String> colors,
            double width,
            double height,
            String fonts,
            SvgWriter content) {
        return new SvgWriter(colors)
                .begin("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + SvgWriter.number(width) + " " + SvgWriter.number(height))
                .with("width", width)
                .with("height", height)
                .with("role", "img")
                .with("font-family", fonts)
                .begin("title")
                .text(data.chart().title())
                .end()
                .begin("desc")
                .text(caption(data))
                .end()
                .add(content)
                .end()
                .toString();
    }

    /** Everything that a reader must know about the numbers, as in the notes below a chart of the page. */
    private static List<String> notes(ChartData data, Dashboard.Options options) {
        if (isEmpty(data)) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        LocalDate first = data.chart().view() == View.BARS
                ? data.lastPeriod().orElseThrow().minusMonths(MONTHS_OF_ANNOTATIONS)
                : data.timeline().getFirst();
        data.chart().annotations().stream()
                .filter(annotation -> !annotation.month().atDay(1).isBefore(first))
                .map(Annotation::text)
                .forEach(notes::add);
        if (Measure.of(data.chart()) == Measure.MEAN_SHARE) {
            notes.add("The mean share is the average of each instance’s own share, so large instances do not outweigh"
                    + " small ones.");
        }
        data.chart().explanations().forEach((label, explanation) -> {
            if (data.labels().contains(label)) {
                notes.add(explanation);
            }
        });
        notes.add("Numbers below " + options.threshold() + " instances are not shown."
                + (options.noise() ? " Numbers have noise, usually of 2 instances or less." : ""));
        return List.of(String.join(" ", notes));
    }

    private static String dateAndLicence(ChartData data, Dashboard.Options options) {
        LocalDate asOf = data.status().asOf();
        return (asOf == null ? "" : "As of " + Format.day(asOf) + ". ") + "Licence: "
                + options.licence().name() + ".";
    }
}
