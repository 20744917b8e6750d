package io.spinnaker.stats.charts;

/**
 * A part of the charts that could not be drawn; all other parts are.
 *
 * @param subject the part: {@code chart=versions}, {@code day=2026-10-03} or {@code month=2026-10}
 * @param cause the reason; its message quotes no event
 */
public record DrawFailure(String subject, RuntimeException cause) {

    private static final String CHART = "chart=";

    static DrawFailure ofChart(Chart chart, RuntimeException cause) {
        return new DrawFailure(CHART + chart.name(), cause);
    }

    /** Whether the part is the chart of that public file. */
    public boolean isChartOf(String file) {
        return subject.startsWith(CHART) && file.startsWith(subject.substring(CHART.length()) + '.');
    }
}
