package io.spinnaker.stats.verdict;

import io.spinnaker.stats.charts.Chart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kind of the labels of a chart.
 *
 * @param noun for one label
 * @param verb the verb for having such a label
 * @param list the kind of its names in {@code lists/enums.tsv}; null if it has none there
 * @param removal the meaning of a removal
 */
record LabelKind(String noun, Verb verb, @Nullable String list, Removal removal) {

    /** The meaning of a removal. */
    enum Removal {
        /** Spinnaker's code for it could be removed. */
        CODE,
        /** Spinnaker's support for it could end. */
        SUPPORT,
        /** Nothing: the label is a size or a result. */
        NONE
    }

    private static final Map<String, LabelKind> BY_CHART = Map.ofEntries(
            Map.entry("stage-types", new LabelKind("stage type", Verb.USE, null, Removal.CODE)),
            Map.entry("cloud-providers", new LabelKind("cloud provider", Verb.USE, "cloud_provider", Removal.CODE)),
            Map.entry("triggers", new LabelKind("trigger", Verb.USE, "trigger_type", Removal.CODE)),
            Map.entry("execution-types", new LabelKind("execution type", Verb.USE, "execution_type", Removal.CODE)),
            Map.entry("execution-statuses", new LabelKind("execution status", Verb.REPORT, "status", Removal.NONE)),
            Map.entry("active-instances", new LabelKind("activity level", Verb.REPORT, null, Removal.NONE)),
            Map.entry("versions", new LabelKind("release", Verb.RUN, null, Removal.SUPPORT)),
            Map.entry("version-adoption", new LabelKind("release range", Verb.RUN, null, Removal.NONE)),
            Map.entry(
                    "deployment-methods",
                    new LabelKind("deployment method", Verb.USE, "deployment_method", Removal.CODE)),
            Map.entry("environments", new LabelKind("environment", Verb.RUN_IN, "environment", Removal.CODE)),
            Map.entry(
                    "deployed-artifacts",
                    new LabelKind("deployed artifact", Verb.USE, "deployed_artifacts", Removal.CODE)),
            Map.entry("executions-per-instance", new LabelKind("execution count", Verb.REPORT, null, Removal.NONE)),
            Map.entry("pipelines-per-instance", new LabelKind("pipeline count", Verb.REPORT, null, Removal.NONE)),
            Map.entry("applications-per-instance", new LabelKind("application count", Verb.REPORT, null, Removal.NONE)),
            Map.entry("unknown-values", new LabelKind("unknown value", Verb.REPORT, null, Removal.NONE)));

    /** The kind of the labels of a chart; a general one for a chart that is not known here. */
    static LabelKind of(Chart chart) {
        return BY_CHART.getOrDefault(
                chart.name(),
                new LabelKind(chart.feature() == null ? "value" : chart.feature(), Verb.REPORT, null, Removal.NONE));
    }
}
