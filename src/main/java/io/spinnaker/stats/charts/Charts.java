package io.spinnaker.stats.charts;

import java.util.List;
import java.util.stream.Stream;

/** The charts there are, in the order in which a page shows them. */
final class Charts {

    private static final List<Chart> ALL = Stream.of(
                    "active-instances",
                    "events-per-day",
                    "versions",
                    "version-adoption",
                    "stage-types",
                    "cloud-providers",
                    "stage-failures",
                    "triggers",
                    "execution-types",
                    "execution-statuses",
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
