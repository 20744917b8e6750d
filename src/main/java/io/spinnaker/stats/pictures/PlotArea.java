package io.spinnaker.stats.pictures;

/**
 * Where a plot is in its picture, whose upper left corner is at 0, 0.
 *
 * @param width the width of the picture
 * @param left the left edge of the plot, without the numbers of the axis
 */
record PlotArea(Plot plot, Axis axis, double width, double left, double right, double top, double bottom) {

    static final double FONT_SIZE = 13;
    static final double SMALL = 12;
    static final double LINE_HEIGHT = 16;

    private static final double HEIGHT = 290;
    private static final double LOW_HEIGHT = 210;
    private static final double SPACE_FOR_TITLE = 26;
    private static final double SPACE_FOR_MARKS = 16;

    /** The part of its distance to the next one that a column fills. */
    private static final double COLUMN = 0.82;

    /**
     * Makes space for the numbers of the axis and the names of marks.
     *
     * @param right the right edge of the plot
     */
    static PlotArea of(Plot plot, boolean showNoise, double width, double right) {
        Axis axis = Axis.upTo(highest(plot, showNoise), plot.measure().smallestStep());
        double left = axis.ticks().stream()
                        .mapToDouble(tick -> TextWidth.of(plot.measure().format(tick), SMALL))
                        .max()
                        .orElse(0)
                + 8;
        boolean hasNamedMarks = plot.marks().stream().anyMatch(mark -> mark.text() != null);
        double top = SPACE_FOR_TITLE + (hasNamedMarks ? SPACE_FOR_MARKS : 0);
        double bottom = top + (width < Pictures.NARROW ? LOW_HEIGHT : HEIGHT);
        return new PlotArea(plot, axis, width, left, right, top, bottom);
    }

    private static double highest(Plot plot, boolean showNoise) {
        double highest = 0;
        for (int i = 0; i < plot.size(); i++) {
            double sum = 0;
            for (Series each : plot.series()) {
                double value = each.valueOrZero(i);
                sum += value;
                highest = Math.max(highest, value + (showNoise ? plot.noise().get(i) : 0));
            }
            highest = plot.isStack() ? Math.max(highest, sum) : highest;
        }
        if (plot.measure().isShare()) {
            return plot.isStack() ? 1 : Math.min(1, highest);
        }
        return highest;
    }

    double x(double position) {
        return left + (right - left) * (position + 0.5) / plot.size();
    }

    double y(double value) {
        return bottom - (bottom - top) * Math.max(0, Math.min(1, value / axis.top()));
    }

    double columnWidth() {
        return COLUMN * (right - left) / plot.size();
    }

    /** The sum of the parts that are below this one: those after it, because a stack is read from the top. */
    double sumBelow(int part, int position) {
        return plot.series().subList(part + 1, plot.series().size()).stream()
                .mapToDouble(each -> each.valueOrZero(position))
                .sum();
    }
}
