package io.spinnaker.stats.collect;

import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.Vocabulary;
import io.spinnaker.stats.watch.Counts;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts enum values that say nothing, by field: those that today's log.proto lacks, and {@code UNKNOWN}, which is what
 * Spinnaker itself makes of such. When their share rises, Spinnaker has something new.
 */
@Singleton
class UnknownNames {

    /** Any other could be a sender's own words. */
    private static final Pattern FIT_TO_BE_LOGGED = Pattern.compile("[A-Z_]{1,40}");

    private final Counts counts;

    UnknownNames(Counts counts) {
        this.counts = counts;
    }

    void count(Event event) {
        SpinnakerInstance instance = event.instance();
        count("spinnakerInstance.environment", Vocabulary.ENVIRONMENT, instance.environment());
        count("spinnakerInstance.deployedArtifacts", Vocabulary.DEPLOYED_ARTIFACTS, instance.deployedArtifacts());
        if (instance.deploymentMethod() != null) {
            count(
                    "spinnakerInstance.deploymentMethod.type",
                    Vocabulary.DEPLOYMENT_METHOD,
                    instance.deploymentMethod().type());
        }
        if (event.execution() != null) {
            count(event.execution());
        }
    }

    private void count(Execution execution) {
        count("execution.type", Vocabulary.EXECUTION_TYPE, execution.type());
        count("execution.status", Vocabulary.STATUS, execution.status());
        if (execution.trigger() != null) {
            count(
                    "execution.trigger.type",
                    Vocabulary.TRIGGER_TYPE,
                    execution.trigger().type());
        }
        for (Stage stage : execution.stages()) {
            count("execution.stages.status", Vocabulary.STATUS, stage.status());
            if (stage.cloudProvider() != null) {
                count(
                        "execution.stages.cloudProvider.id",
                        Vocabulary.CLOUD_PROVIDER,
                        stage.cloudProvider().id());
            }
        }
    }

    private void count(String field, Vocabulary vocabulary, @Nullable String name) {
        if (name != null && !vocabulary.explains(name)) {
            boolean fit = FIT_TO_BE_LOGGED.matcher(name).matches();
            counts.add("unknown", "field=" + field + (fit ? " name=" + name : ""));
        }
    }
}
