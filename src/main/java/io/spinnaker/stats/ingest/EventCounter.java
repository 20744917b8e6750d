package io.spinnaker.stats.ingest;

import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.ProtoEnum;
import io.spinnaker.stats.metrics.LogMetrics;
import io.spinnaker.stats.metrics.Metric;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what this service does not know or keep of an event: stages beyond the limit, and enum values that suggest that
 * Spinnaker has a new one, by field. Those are names that are not in log.proto, and {@code UNKNOWN}, to which Spinnaker itself
 * maps such names. The names themselves are not logged: a client can send any text.
 */
@Singleton
class EventCounter {

    /** Enum values counted per event; further ones would say nothing new, and 2,000 stages can have 4,000. */
    private static final int MAX_VALUES = 20;

    private final LogMetrics metrics;

    EventCounter(LogMetrics metrics) {
        this.metrics = metrics;
    }

    void count(Event event) {
        Execution execution = event.execution();
        if (execution != null && execution.droppedStages() > 0) {
            metrics.add(Metric.DROPPED_STAGES, execution.droppedStages());
        }
        new EnumValues().count(event);
    }

    /** The enum values of one event. */
    private final class EnumValues {

        private int counted;

        private void count(Event event) {
            SpinnakerInstance instance = event.instance();
            count("spinnakerInstance.environment", ProtoEnum.ENVIRONMENT, instance.environment());
            count("spinnakerInstance.deployedArtifacts", ProtoEnum.DEPLOYED_ARTIFACTS, instance.deployedArtifacts());
            if (instance.deploymentMethod() != null) {
                count(
                        "spinnakerInstance.deploymentMethod.type",
                        ProtoEnum.DEPLOYMENT_METHOD,
                        instance.deploymentMethod().type());
            }
            if (event.execution() != null) {
                count(event.execution());
            }
        }

        private void count(Execution execution) {
            count("execution.type", ProtoEnum.EXECUTION_TYPE, execution.type());
            count("execution.status", ProtoEnum.STATUS, execution.status());
            if (execution.trigger() != null) {
                count(
                        "execution.trigger.type",
                        ProtoEnum.TRIGGER_TYPE,
                        execution.trigger().type());
            }
            for (Stage stage : execution.stages()) {
                count("execution.stages.status", ProtoEnum.STATUS, stage.status());
                if (stage.cloudProvider() != null) {
                    count(
                            "execution.stages.cloudProvider.id",
                            ProtoEnum.CLOUD_PROVIDER,
                            stage.cloudProvider().id());
                }
            }
        }

        private void count(String field, ProtoEnum protoEnum, @Nullable String name) {
            if (name != null && counted < MAX_VALUES && protoEnum.suggestsNewValue(name)) {
                counted++;
                metrics.increment(Metric.UNKNOWN_ENUM_VALUE, Map.of("field", field));
            }
        }
    }
}
