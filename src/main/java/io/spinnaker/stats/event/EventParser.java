package io.spinnaker.stats.event;

import com.fasterxml.jackson.core.JsonParser;
import io.spinnaker.stats.event.Event.Application;
import io.spinnaker.stats.event.Event.CloudProvider;
import io.spinnaker.stats.event.Event.DeploymentMethod;
import io.spinnaker.stats.event.Event.Execution;
import io.spinnaker.stats.event.Event.SpinnakerInstance;
import io.spinnaker.stats.event.Event.Stage;
import io.spinnaker.stats.event.Event.Trigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses one document. Each method named after a message reads the object at the current position, and returns null if it is
 * absent or invalid. A duplicate part is read again, and the last one wins.
 */
final class EventParser {

    /** The stages that were read, and the number of further ones. */
    private record Stages(List<Stage> kept, int dropped) {

        static final Stages NONE = new Stages(List.of(), 0);
    }

    private final ValueReader in;

    EventParser(JsonParser json) {
        this.in = new ValueReader(json);
    }

    /** Reads the whole document; throws an {@link IOException} if it is not JSON. */
    Event document() throws IOException, MalformedEventException, InvalidEventException {
        if (!in.startsDocument()) {
            throw new MalformedEventException();
        }
        SpinnakerInstance instance = null;
        Application application = null;
        Execution execution = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "spinnakerInstance" -> instance = spinnakerInstance();
                case "application" -> application = application();
                case "execution" -> execution = execution();
                default -> in.skip();
            }
        }
        if (!in.endsDocument()) {
            throw new MalformedEventException();
        }
        if (instance == null) {
            in.requirePresent("spinnakerInstance.id");
        }
        if (application == null) {
            in.requirePresent("application.id");
        }
        if (instance == null || application == null || !in.violations().isEmpty()) {
            throw new InvalidEventException(in.violations());
        }
        return new Event(instance, application, execution);
    }

    private @Nullable SpinnakerInstance spinnakerInstance() throws IOException, InvalidEventException {
        if (!in.object()) {
            return null;
        }
        String id = null;
        String version = null;
        DeploymentMethod deploymentMethod = null;
        String environment = null;
        String deployedArtifacts = null;
        Integer pipelineCount = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "id" -> id = in.sha256();
                case "version" -> version = in.text();
                case "deploymentMethod" -> deploymentMethod = deploymentMethod();
                case "environment" -> environment = in.name(ProtoEnum.ENVIRONMENT);
                case "deployedArtifacts" -> deployedArtifacts = in.name(ProtoEnum.DEPLOYED_ARTIFACTS);
                case "pipelineCount" -> pipelineCount = in.count();
                default -> in.skip();
            }
        }
        return id == null
                ? null
                : new SpinnakerInstance(id, version, deploymentMethod, environment, deployedArtifacts, pipelineCount);
    }

    private @Nullable DeploymentMethod deploymentMethod() throws IOException, InvalidEventException {
        if (!in.object()) {
            return null;
        }
        String type = null;
        String version = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "type" -> type = in.name(ProtoEnum.DEPLOYMENT_METHOD);
                case "version" -> version = in.text();
                default -> in.skip();
            }
        }
        return new DeploymentMethod(type, version);
    }

    private @Nullable Application application() throws IOException, InvalidEventException {
        if (!in.object()) {
            return null;
        }
        String id = null;
        Integer pipelineCount = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "id" -> id = in.sha256();
                case "pipelineCount" -> pipelineCount = in.count();
                default -> in.skip();
            }
        }
        return id == null ? null : new Application(id, pipelineCount);
    }

    private @Nullable Execution execution() throws IOException, InvalidEventException {
        if (!in.object()) {
            return null;
        }
        String id = null;
        String type = null;
        Trigger trigger = null;
        Stages stages = Stages.NONE;
        String status = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "id" -> id = in.sha256OrEmpty();
                case "type" -> type = in.name(ProtoEnum.EXECUTION_TYPE);
                case "trigger" -> trigger = trigger();
                case "stages" -> stages = stages();
                case "status" -> status = in.name(ProtoEnum.STATUS);
                default -> in.skip();
            }
        }
        return new Execution(id, type, trigger, stages.kept(), stages.dropped(), status);
    }

    private @Nullable Trigger trigger() throws IOException, InvalidEventException {
        if (!in.object()) {
            return null;
        }
        String type = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "type" -> type = in.name(ProtoEnum.TRIGGER_TYPE);
                default -> in.skip();
            }
        }
        return new Trigger(type);
    }

    /** Null elements, which older clients sent, are ignored. Stages beyond the limit are counted, but not read. */
    private Stages stages() throws IOException, InvalidEventException {
        if (!in.list()) {
            return Stages.NONE;
        }
        List<Stage> kept = new ArrayList<>();
        int dropped = 0;
        while (in.nextElement()) {
            if (kept.size() < EventReader.MAX_STAGES) {
                Stage stage = stage();
                if (stage != null) {
                    kept.add(stage);
                }
            } else if (!in.isNull()) {
                in.skip();
                dropped++;
            }
        }
        return new Stages(kept, dropped);
    }

    private @Nullable Stage stage() throws IOException, InvalidEventException {
        if (!in.object()) {
            return null;
        }
        String type = null;
        String status = null;
        CloudProvider cloudProvider = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "type" -> type = in.text();
                case "status" -> status = in.name(ProtoEnum.STATUS);
                case "cloudProvider" -> cloudProvider = cloudProvider();
                default -> in.skip();
            }
        }
        return new Stage(type, status, cloudProvider);
    }

    private @Nullable CloudProvider cloudProvider() throws IOException, InvalidEventException {
        if (!in.object()) {
            return null;
        }
        String id = null;
        String variant = null;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "id" -> id = in.name(ProtoEnum.CLOUD_PROVIDER);
                case "variant" -> variant = in.text();
                default -> in.skip();
            }
        }
        return new CloudProvider(id, variant);
    }
}
