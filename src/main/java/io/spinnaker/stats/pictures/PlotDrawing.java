package io.spinnaker.stats.pictures;

import io.spinnaker.stats.pictures.Plot.Mark;
import io.spinnaker.stats.pictures.Plot.Tick;

/**
 * Draws lines or a stack of columns with their axes. Names are beside the ends of the lines or the last column; on narrow
 * pictures they are a list below.
 */
final class PlotDrawing {

    private final SvgWriter svg;
    private final Plot plot;
    private final PlotArea area;

    private PlotDrawing(SvgWriter svg, PlotArea area) {
        this.svg = svg;
        this.plot = area.plot();
        this.area = area;
    }

    /**
     * Draws from the upper left corner at 0, 0.
     *
     * @param noise whether the values have noise, which a band along each line shows
     * @return the height
     */
    static double draw(SvgWriter svg, Plot plot, boolean noise, double width) {
        boolean isNarrow = width < Pictures.NARROW;
        boolean showNoise = noise && !plot.isStack();
        PlotArea area = PlotArea.of(plot, showNoise, width, width - (isNarrow ? 4 : NamesDrawing.width(plot)));
        double height = new PlotDrawing(svg, area).drawAxes();
        if (plot.isStack()) {
            StackDrawing.draw(svg, area);
        } else {
            new LinesDrawing(svg, area, showNoise).draw();
        }
        NamesDrawing names = new NamesDrawing(svg, area);
        height = isNarrow
                ? names.drawList(height + 6)
                : names.drawEarlierParts(Math.max(height, names.drawBesideEnds()));
        if (plot.omitted() > 0) {
            height += PlotArea.LINE_HEIGHT + 4;
            svg.label(area.left(), height - 4, PlotArea.SMALL, Color.MUTED)
                    .text(plot.omitted() + " more are not shown")
                    .end();
        }
        return height;
    }

    /** Returns the height down to the texts below the x-axis. */
    private double drawAxes() {
        drawGaps();
        drawAxis();
        drawTicks();
        drawMarks();
        return area.bottom() + 22 + (plot.axisTitle() == null ? 0 : PlotArea.LINE_HEIGHT);
    }

    private void drawGaps() {
        for (int from = 0; from < plot.size(); from++) {
            if (plot.missing().get(from)) {
                int to = from;
                while (to + 1 < plot.size() && plot.missing().get(to + 1)) {
                    to++;
                }
                svg.rect(
                                area.x(from - 0.5),
                                area.top(),
                                area.x(to + 0.5) - area.x(from - 0.5),
                                area.bottom() - area.top(),
                                Color.RAISED)
                        .end();
                if (area.x(to + 0.5) - area.x(from - 0.5) > 50) {
                    svg.label((area.x(from - 0.5) + area.x(to + 0.5)) / 2, area.top() + 16, PlotArea.SMALL, Color.MUTED)
                            .with("text-anchor", "middle")
                            .text("no data")
                            .end();
                }
                from = to;
            }
        }
    }

    private void drawAxis() {
        svg.label(0, 12, PlotArea.SMALL, Color.MUTED).text(plot.title()).end();
        for (double tick : area.axis().ticks()) {
            svg.line(area.left(), area.y(tick), area.right(), area.y(tick), tick == 0 ? Color.MUTED : Color.LINE)
                    .end();
            svg.label(area.left() - 6, area.y(tick) + 4, PlotArea.SMALL, Color.MUTED)
                    .with("text-anchor", "end")
                    .text(tick == 0 ? "0" : plot.measure().format(tick))
                    .end();
        }
    }

    /** The last tick is drawn, and those before it that have enough space. */
    private void drawTicks() {
        double free = area.width();
        for (Tick tick : plot.ticks().reversed()) {
            double half = TextWidth.of(tick.text(), PlotArea.SMALL) / 2;
            double middle = Math.max(half, Math.min(area.width() - half, area.x(tick.position())));
            if (middle + half <= free) {
                svg.label(middle, area.bottom() + PlotArea.LINE_HEIGHT, PlotArea.SMALL, Color.MUTED)
                        .with("text-anchor", "middle")
                        .text(tick.text())
                        .end();
                free = middle - half - 14;
            }
        }
        if (plot.axisTitle() != null) {
            svg.label(
                            (area.left() + area.right()) / 2,
                            area.bottom() + 2 * PlotArea.LINE_HEIGHT,
                            PlotArea.SMALL,
                            Color.MUTED)
                    .with("text-anchor", "middle")
                    .text(plot.axisTitle())
                    .end();
        }
    }

    /** The newest releases get their names first, and older ones if there is enough space. */
    private void drawMarks() {
        double free = area.width();
        for (Mark mark : plot.marks().reversed()) {
            String text = mark.text();
            if (text == null) {
                svg.line(area.x(mark.position()), area.top(), area.x(mark.position()), area.bottom(), Color.INK)
                        .with("stroke-dasharray", "4 4")
                        .end();
                continue;
            }
            double half = TextWidth.of(text, 11) / 2;
            double middle = Math.max(half, Math.min(area.width() - half, area.x(mark.position())));
            if (middle + half <= free) {
                svg.line(area.x(mark.position()), area.top() - 8, area.x(mark.position()), area.bottom(), Color.MUTED)
                        .with("stroke-opacity", "0.45")
                        .end();
                svg.label(middle, area.top() - 12, 11, Color.MUTED)
                        .with("text-anchor", "middle")
                        .text(text)
                        .end();
                free = middle - half - 8;
            }
        }
    }
}
