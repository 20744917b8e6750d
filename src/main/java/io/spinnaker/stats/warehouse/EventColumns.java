package io.spinnaker.stats.warehouse;

import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.Event.Application;
import io.spinnaker.stats.event.Event.CloudProvider;
import io.spinnaker.stats.event.Event.DeploymentMethod;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.Event.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns that hold an event, named as in log.proto. */
final class EventColumns {

    private final Map<String, Object> values = new LinkedHashMap<>();

    private EventColumns() {}

    static Map<String, Object> of(Event event) {
        return new EventColumns()
                .put("spinnaker_instance", event.instance(), EventColumns::instance)
                .put("application", event.application(), EventColumns::application)
                .put("execution", event.execution(), EventColumns::execution)
                .values;
    }

    private static EventColumns instance(SpinnakerInstance instance) {
        return new EventColumns()
                .put("id", instance.id())
                .put("version", instance.version())
                .put("deployment_method", instance.deploymentMethod(), EventColumns::deploymentMethod)
                .put("environment", instance.environment())
                .put("deployed_artifacts", instance.deployedArtifacts())
                .put("pipeline_count", instance.pipelineCount());
    }

    private static EventColumns deploymentMethod(DeploymentMethod method) {
        return new EventColumns().put("type", method.type()).put("version", method.version());
    }

    private static EventColumns application(Application application) {
        return new EventColumns().put("id", application.id()).put("pipeline_count", application.pipelineCount());
    }

    private static EventColumns execution(Execution execution) {
        return new EventColumns()
                .put("id", execution.id())
                .put("type", execution.type())
                .put("trigger", execution.trigger(), EventColumns::trigger)
                .put(
                        "stages",
                        execution.stages().stream()
                                .map(stage -> stage(stage).values)
                                .toList())
                .put("status", execution.status());
    }

    private static EventColumns trigger(Trigger trigger) {
        return new EventColumns().put("type", trigger.type());
    }

    private static EventColumns stage(Stage stage) {
        return new EventColumns()
                .put("type", stage.type())
                .put("status", stage.status())
                .put("cloud_provider", stage.cloudProvider(), EventColumns::cloudProvider);
    }

    private static EventColumns cloudProvider(CloudProvider provider) {
        return new EventColumns().put("id", provider.id()).put("variant", provider.variant());
    }

    private EventColumns put(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    private <T> EventColumns put(String name, @Nullable T message, Function<T, EventColumns> columns) {
        return put(name, message == null ? null : columns.apply(message).values);
    }
}
