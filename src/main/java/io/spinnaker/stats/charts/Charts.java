package io.spinnaker.stats.charts;

import java.util.List;
import java.util.stream.Stream;

/** All charts, in the order in which the page shows them. Charts of one section follow each other. */
final class Charts {

    private static final List<Chart> ALL = Stream.of(
                    "stage-types",
                    "cloud-providers",
                    "triggers",
                    "execution-types",
                    "execution-statuses",
                    "active-instances",
                    "instances-per-day",
                    "versions",
                    "version-adoption",
                    "stage-types-by-release",
                    "deployment-methods",
                    "environments",
                    "deployed-artifacts",
                    "executions-per-instance",
                    "pipelines-per-instance",
                    "applications-per-instance",
                    "unknown-values")
            .map(Chart::of)
            .toList();

    private Charts() {}

    static List<Chart> all() {
        return ALL;
    }

    /** The charts whose numbers are about periods of this length. */
    static List<Chart> of(ChartPeriod period) {
        return ALL.stream().filter(chart -> chart.period() == period).toList();
    }
}
