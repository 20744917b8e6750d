package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.pictures.LabelPlacement.Label;
import java.util.ArrayList;
import java.util.List;

/** Draws the names of lines or of the parts of a stack: beside their ends, or as a list below. */
final class NamesDrawing {

    private static final double MAX_WIDTH = 200;
    private static final double GAP = 18;

    /** How far below the end of a line its name can begin, the best distance first. */
    private static final List<Double> BESIDE_END = List.of(0.0, -12.0, 12.0, -20.0, 20.0);

    private final SvgWriter svg;
    private final PlotArea area;
    private final Plot plot;
    private final List<List<String>> names;

    NamesDrawing(SvgWriter svg, PlotArea area) {
        this.svg = svg;
        this.area = area;
        this.plot = area.plot();
        this.names = names(plot);
    }

    /** The width that names beside a plot need. */
    static double width(Plot plot) {
        return GAP + names(plot).stream().mapToDouble(NamesDrawing::width).max().orElse(0);
    }

    private static double width(List<String> lines) {
        return lines.stream()
                .mapToDouble(line -> TextWidth.of(line, PlotArea.FONT_SIZE))
                .max()
                .orElse(0);
    }

    private static List<List<String>> names(Plot plot) {
        return plot.series().stream()
                .map(each -> TextWidth.wrap(Format.printable(plot.describe(each)), PlotArea.FONT_SIZE, MAX_WIDTH))
                .toList();
    }

    /** The names beside the ends of the lines or the parts of the last column. Returns the height down to the lowest name. */
    double drawBesideEnds() {
        List<Integer> named = new ArrayList<>();
        List<Label> wanted = new ArrayList<>();
        for (int i = 0; i < plot.series().size(); i++) {
            Series each = plot.series().get(i);
            int last = each.last();
            if (plot.hasEnd(each)) {
                double textWidth = width(names.get(i));
                named.add(i);
                wanted.add(new Label(
                        nameFrom(last),
                        textWidth,
                        anchor(i, last, textWidth),
                        names.get(i).size() * PlotArea.LINE_HEIGHT));
            }
        }
        List<Label> placed = LabelPlacement.place(wanted, area.top() - 8, area.bottom() + 8);
        double lowest = 0;
        for (int i = 0; i < placed.size(); i++) {
            Label label = placed.get(i);
            Series each = plot.series().get(named.get(i));
            double from = plot.isStack() ? area.x(plot.lastColumn()) + area.columnWidth() / 2 : area.x(each.last()) + 4;
            double end = plot.isStack() ? wanted.get(i).middle() : area.y(each.valueOrZero(each.last()));
            svg.line(from, end, label.x() - 3, label.middle(), each.color())
                    .with("stroke-width", 1.5)
                    .end();
            drawName(names.get(named.get(i)), label, each);
            lowest = Math.max(lowest, label.middle() + label.height() / 2);
        }
        return lowest;
    }

    /** The parts that the last column does not have, in rows from y on. Returns the height down to the last row. */
    double drawEarlierParts(double from) {
        double x = area.left();
        double y = from;
        for (int i = 0; i < plot.series().size(); i++) {
            if (!plot.hasEnd(plot.series().get(i))) {
                String name = TextWidth.cut(
                        Format.printable(plot.series().get(i).label()),
                        PlotArea.SMALL,
                        area.width() - area.left() - 20);
                double nameWidth = TextWidth.of(name, PlotArea.SMALL);
                if (y == from) {
                    y += PlotArea.LINE_HEIGHT + 6;
                } else if (x + 20 + nameWidth > area.width()) {
                    x = area.left();
                    y += PlotArea.LINE_HEIGHT + 4;
                }
                svg.rect(x, y - 10, 12, 10, plot.series().get(i).color()).end();
                svg.label(x + 17, y, PlotArea.SMALL, Color.MUTED).text(name).end();
                x += nameWidth + 34;
            }
        }
        return y;
    }

    private double nameFrom(int last) {
        return plot.isStack() ? area.right() + GAP : area.x(last) + GAP;
    }

    /** The middle of a part of the last column, or a place beside the end of a line. */
    private double anchor(int series, int position, double nameWidth) {
        Series each = plot.series().get(series);
        double value = each.valueOrZero(position);
        return plot.isStack()
                ? area.y(area.sumBelow(series, position) + value / 2)
                : BESIDE_END.stream()
                        .map(distance -> area.y(value) + distance)
                        .filter(middle -> isFree(series, nameFrom(position), nameFrom(position) + nameWidth, middle))
                        .findFirst()
                        .orElse(area.y(value));
    }

    /** Whether no other line passes there. */
    private boolean isFree(int own, double from, double to, double middle) {
        for (int line = 0; line < plot.series().size(); line++) {
            Series other = plot.series().get(line);
            for (int i = 0; line != own && i + 1 < plot.size(); i++) {
                boolean isLine = other.values().get(i) != null && other.values().get(i + 1) != null;
                for (double part = 0; isLine && part <= 1; part += 0.25) {
                    double x = area.x(i + part);
                    double y = area.y(other.valueOrZero(i) * (1 - part) + other.valueOrZero(i + 1) * part);
                    if (x > from - 4 && x < to + 4 && Math.abs(y - middle) < PlotArea.LINE_HEIGHT * 0.6) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Text in the colour of a line would often have too little contrast; an outline keeps lines out of the text. */
    private void drawName(List<String> lines, Label label, Series each) {
        for (int i = 0; i < lines.size(); i++) {
            double baseline = label.middle() - label.height() / 2 + i * PlotArea.LINE_HEIGHT + 12.5;
            svg.label(label.x(), baseline, PlotArea.FONT_SIZE, Labels.isGrey(each.label()) ? Color.MUTED : Color.INK)
                    .with("stroke", Color.CARD)
                    .with("stroke-width", 3)
                    .with("stroke-linejoin", "round")
                    .with("paint-order", "stroke")
                    .text(lines.get(i))
                    .end();
        }
    }

    /** The names as a list from y on. Returns the height down to its end. */
    double drawList(double from) {
        double y = from;
        for (int i = 0; i < plot.series().size(); i++) {
            Series each = plot.series().get(i);
            svg.line(0, y + 8, 18, y + 8, each.color())
                    .with("stroke-width", plot.isStack() ? 10 : 2.5)
                    .with("stroke-dasharray", plot.isStack() ? null : Palette.dashes(plot.series(), i))
                    .end();
            for (String line :
                    TextWidth.wrap(Format.printable(plot.describe(each)), PlotArea.FONT_SIZE, area.width() - 26)) {
                svg.label(26, y + 12.5, PlotArea.FONT_SIZE, Labels.isGrey(each.label()) ? Color.MUTED : Color.INK)
                        .text(line)
                        .end();
                y += PlotArea.LINE_HEIGHT + 2;
            }
        }
        return y;
    }
}
