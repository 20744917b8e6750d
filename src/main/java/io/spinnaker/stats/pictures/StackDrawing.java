package io.spinnaker.stats.pictures;

/** Draws the columns of a stack. */
final class StackDrawing {

    private StackDrawing() {}

    static void draw(SvgWriter svg, PlotArea area) {
        Plot plot = area.plot();
        double columnWidth = area.columnWidth();
        for (int i = 0; i < plot.size(); i++) {
            for (int part = 0; part < plot.series().size(); part++) {
                double value = plot.series().get(part).valueOrZero(i);
                if (value > 0) {
                    double below = area.sumBelow(part, i);
                    double from = area.y(below + value);
                    double height = area.y(below) - from;
                    svg.rect(
                                    area.x(i) - columnWidth / 2,
                                    from,
                                    columnWidth,
                                    height - (height > 3 ? 1 : 0),
                                    plot.series().get(part).color())
                            .end();
                }
            }
        }
    }
}
