package io.spinnaker.stats.charts;

import java.util.List;
import java.util.stream.Stream;

/** All charts, in the order in which the page shows them. Charts of one section follow each other. */
final class Charts {

    private static final List<Chart> ALL = Stream.of(
                    "stage-types",
                    "cloud-providers",
                    "stage-failures",
                    "triggers",
                    "execution-types",
                    "execution-statuses",
                    "active-instances",
                    "events-per-day",
                    "versions",
                    "version-adoption",
                    "deployment-methods",
                    "environments",
                    "deployed-artifacts",
                    "pipelines-per-instance",
                    "applications-per-instance",
                    "unknown-values")
            .map(Chart::of)
            .toList();

    private Charts() {}

    static List<Chart> all() {
        return ALL;
    }
}
