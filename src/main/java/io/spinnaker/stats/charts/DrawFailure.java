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

    /** Whether a public file lacks the part: a file of that chart, or any file if the part is not a chart. */
    public boolean concerns(String file) {
        return !subject.startsWith(CHART) || file.startsWith(subject.substring(CHART.length()) + '.');
    }
}
