package io.spinnaker.stats.pictures;

import io.spinnaker.stats.charts.Format;
import io.spinnaker.stats.pictures.Bars.Bar;

/** Draws bars: one row per label with its name, the bar and the value. On narrow pictures, names are above their bars. */
final class BarsDrawing {

    private static final double FONT_SIZE = 13;
    private static final double MAX_NAME_WIDTH = 280;
    private static final double GAP = 8;
    private static final double ROW = 26;
    private static final double TALL_ROW = 40;
    private static final double BAR = 18;
    private static final double LOW_BAR = 14;

    private final SvgWriter svg;
    private final Bars bars;
    private final boolean showNoise;
    private final double width;
    private final boolean namesAbove;
    private final double barsFrom;
    private final double scale;

    private BarsDrawing(SvgWriter svg, Bars bars, boolean showNoise, double width) {
        this.svg = svg;
        this.bars = bars;
        this.showNoise = showNoise;
        this.width = width;
        double nameWidth = bars.bars().stream()
                .mapToDouble(bar -> TextWidth.of(Format.printable(bar.label()), FONT_SIZE))
                .max()
                .orElse(0);
        double valueWidth = bars.bars().stream()
                .mapToDouble(bar -> TextWidth.of(bars.format(bar), FONT_SIZE))
                .max()
                .orElse(0);
        this.namesAbove = width < Pictures.NARROW || nameWidth > MAX_NAME_WIDTH;
        this.barsFrom = namesAbove ? 0 : nameWidth + GAP;
        double longest = bars.bars().stream().mapToDouble(Bar::value).max().orElse(0) + (showNoise ? bars.noise() : 0);
        this.scale = longest == 0 ? 0 : (width - barsFrom - GAP - valueWidth) / longest;
    }

    /**
     * Draws from the upper left corner at 0, 0.
     *
     * @param showNoise whether the values have noise, which a band at the end of each bar shows
     * @return the height
     */
    static double draw(SvgWriter svg, Bars bars, boolean showNoise, double width) {
        return new BarsDrawing(svg, bars, showNoise, width).draw();
    }

    private double draw() {
        double row = namesAbove ? TALL_ROW : ROW;
        double height = row * bars.bars().size();
        for (int i = 0; i < bars.bars().size(); i++) {
            drawRow(bars.bars().get(i), i * row);
        }
        if (!namesAbove) {
            svg.line(barsFrom, 0, barsFrom, height, Color.MUTED).end();
        }
        if (bars.omitted() > 0) {
            height += 20;
            svg.label(barsFrom, height - 4, 12, Color.MUTED)
                    .text(bars.omitted() + " more are not shown")
                    .end();
        }
        return height;
    }

    private void drawRow(Bar bar, double top) {
        String name = Format.printable(bar.label());
        boolean isGrey = Labels.isGrey(bar.label());
        double height = namesAbove ? LOW_BAR : BAR;
        double barTop = namesAbove ? top + 19 : top + (ROW - BAR) / 2;
        double middle = barTop + height / 2;
        double end = barsFrom + scale * bar.value();
        Color ink = isGrey ? Color.MUTED : Color.INK;
        svg.label(namesAbove ? 0 : barsFrom - GAP, namesAbove ? top + 14 : middle + 4.5, FONT_SIZE, ink)
                .with("text-anchor", namesAbove ? null : "end")
                .text(TextWidth.cut(name, FONT_SIZE, width))
                .end();
        svg.rect(barsFrom, barTop, Math.max(1, end - barsFrom), height, isGrey ? Color.OTHER : Color.SERIES_1)
                .end();
        double labelFrom = end;
        if (showNoise) {
            double from = Math.max(barsFrom, end - scale * bars.noise());
            labelFrom = end + scale * bars.noise();
            svg.rect(from, barTop, labelFrom - from, height, Color.INK)
                    .with("fill-opacity", "0.14")
                    .end();
        }
        svg.label(labelFrom + 6, middle + 4.5, FONT_SIZE, ink)
                .text(bars.format(bar))
                .end();
    }
}
