package io.spinnaker.stats.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.spinnaker.stats.event.Event;
import io.spinnaker.stats.event.Event.Application;
import io.spinnaker.stats.event.Event.CloudProvider;
import io.spinnaker.stats.event.Event.DeploymentMethod;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.Event.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Serialises the columns of an event, named as in log.proto. The same event gives the same bytes. */
final class RowJsonWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_SIZE = 2_048;

    private final JsonGenerator out;

    private RowJsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /** The columns as one JSON object in UTF-8. */
    static byte[] json(Event event) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(USUAL_SIZE); // grows without copying
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            new RowJsonWriter(out).write(event);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void write(Event event) throws IOException {
        out.writeStartObject();
        write("spinnaker_instance", event.instance());
        write("application", event.application());
        if (event.execution() != null) {
            write("execution", event.execution());
        }
        out.writeEndObject();
    }

    private void write(String name, SpinnakerInstance instance) throws IOException {
        out.writeObjectFieldStart(name);
        write("id", instance.id());
        write("version", instance.version());
        if (instance.deploymentMethod() != null) {
            write("deployment_method", instance.deploymentMethod());
        }
        write("environment", instance.environment());
        write("deployed_artifacts", instance.deployedArtifacts());
        write("pipeline_count", instance.pipelineCount());
        out.writeEndObject();
    }

    private void write(String name, DeploymentMethod method) throws IOException {
        out.writeObjectFieldStart(name);
        write("type", method.type());
        write("version", method.version());
        out.writeEndObject();
    }

    private void write(String name, Application application) throws IOException {
        out.writeObjectFieldStart(name);
        write("id", application.id());
        write("pipeline_count", application.pipelineCount());
        out.writeEndObject();
    }

    private void write(String name, Execution execution) throws IOException {
        out.writeObjectFieldStart(name);
        write("id", execution.id());
        write("type", execution.type());
        if (execution.trigger() != null) {
            write("trigger", execution.trigger());
        }
        out.writeArrayFieldStart("stages");
        for (Stage stage : execution.stages()) {
            write(stage);
        }
        out.writeEndArray();
        write("status", execution.status());
        out.writeEndObject();
    }

    private void write(String name, Trigger trigger) throws IOException {
        out.writeObjectFieldStart(name);
        write("type", trigger.type());
        out.writeEndObject();
    }

    private void write(Stage stage) throws IOException {
        out.writeStartObject();
        write("type", stage.type());
        write("status", stage.status());
        if (stage.cloudProvider() != null) {
            write("cloud_provider", stage.cloudProvider());
        }
        out.writeEndObject();
    }

    private void write(String name, CloudProvider provider) throws IOException {
        out.writeObjectFieldStart(name);
        write("id", provider.id());
        write("variant", provider.variant());
        out.writeEndObject();
    }

    private void write(String name, @Nullable String text) throws IOException {
        if (text != null) {
            out.writeStringField(name, text);
        }
    }

    private void write(String name, @Nullable Integer number) throws IOException {
        if (number != null) {
            out.writeNumberField(name, number);
        }
    }
}
