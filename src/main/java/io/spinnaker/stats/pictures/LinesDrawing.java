package io.spinnaker.stats.pictures;

import java.util.ArrayList;
import java.util.List;

/** Draws lines, with dots at their values and a band around each that shows its noise. */
final class LinesDrawing {

    private static final int MAX_DOTS = 40;

    private final SvgWriter svg;
    private final PlotArea area;
    private final Plot plot;
    private final boolean showNoise;

    LinesDrawing(SvgWriter svg, PlotArea area, boolean showNoise) {
        this.svg = svg;
        this.area = area;
        this.plot = area.plot();
        this.showNoise = showNoise;
    }

    void draw() {
        for (Series each : plot.series()) {
            for (List<Integer> run : runs(each)) {
                if (showNoise && run.size() > 1) {
                    drawBand(each, run);
                }
            }
        }
        for (int line = 0; line < plot.series().size(); line++) {
            Series each = plot.series().get(line);
            for (List<Integer> run : runs(each)) {
                if (run.size() > 1) {
                    svg.begin("path")
                            .with("d", path(each, run))
                            .with("fill", "none")
                            .with("stroke", each.color())
                            .with("stroke-width", 2.2)
                            .with("stroke-linejoin", "round")
                            .with("stroke-dasharray", Palette.dashes(plot.series(), line))
                            .end();
                }
                if (plot.size() <= MAX_DOTS || run.size() == 1) {
                    run.forEach(i -> dot(each, i, 2.6));
                }
            }
            if (each.last() >= 0) {
                dot(each, each.last(), 3.6);
            }
        }
    }

    private void dot(Series each, int position, double radius) {
        svg.begin("circle")
                .with("cx", area.x(position))
                .with("cy", area.y(each.valueOrZero(position)))
                .with("r", radius)
                .with("fill", each.color())
                .end();
    }

    /** The positions with values, without those that have a gap between them. */
    private static List<List<Integer>> runs(Series series) {
        List<List<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < series.values().size(); i++) {
            if (series.values().get(i) != null) {
                if (i == 0 || series.values().get(i - 1) == null) {
                    runs.add(new ArrayList<>());
                }
                runs.getLast().add(i);
            }
        }
        return runs;
    }

    private String path(Series series, List<Integer> run) {
        StringBuilder path = new StringBuilder();
        for (int i : run) {
            append(path, i, series.valueOrZero(i));
        }
        return path.toString();
    }

    private void drawBand(Series series, List<Integer> run) {
        StringBuilder path = new StringBuilder();
        run.forEach(i -> append(path, i, series.valueOrZero(i) + plot.noise().get(i)));
        run.reversed()
                .forEach(i ->
                        append(path, i, series.valueOrZero(i) - plot.noise().get(i)));
        svg.begin("path")
                .with("d", path.append('Z').toString())
                .with("fill", series.color())
                .with("fill-opacity", "0.13")
                .end();
    }

    private void append(StringBuilder path, int position, double value) {
        path.append(path.isEmpty() ? 'M' : 'L')
                .append(SvgWriter.number(area.x(position)))
                .append(' ')
                .append(SvgWriter.number(area.y(value)));
    }
}
