package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Chart;
import io.spinnaker.stats.charts.Format;

/** Tells the labels that name one thing from those that stand for several. */
final class Labels {

    /** The label of all values that have no name in {@code log.proto}. */
    private static final String OTHER = "OTHER";

    private Labels() {}

    /**
     * Whether a verdict makes sense: the label names one thing, and does not stand for names that cannot be reported. A range such
     * as "2026.1 or newer" has no number in months in which few instances run its oldest release, however many run newer ones.
     */
    static boolean isJudged(Chart chart, String label) {
        return chart.labels() != Chart.Labels.CUMULATIVE
                && Format.isValue(label)
                && !label.equals(OTHER)
                && chart.unreportable().stream()
                        .noneMatch(name -> name.reportedAs().equals(label));
    }
}
