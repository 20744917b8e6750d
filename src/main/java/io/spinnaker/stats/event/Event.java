package io.spinnaker.stats.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finished pipeline or ad-hoc task, as Spinnaker 1.17 and later report it: the messages of kork's {@code log.proto} as
 * records. Null means that the client left the part out; {@code ""}, {@code 0} and {@code UNKNOWN} are values that it sent.
 * Ids are SHA-256 hashes, computed by the client.
 *
 * @param instance never null: an event without its id cannot be counted
 * @param application never null, for the same reason
 * @param execution null if the client could not read its own execution
 */
public record Event(
        SpinnakerInstance instance,
        Application application,
        @Nullable Execution execution) {

    /**
     * The instance that sends the event.
     *
     * @param id hash of the random id that the instance got when it was installed
     * @param version Spinnaker's version, free text
     * @param deploymentMethod the tool that deployed it; unknown to Spinnaker 1.17 without Halyard
     * @param environment {@link ProtoEnum#ENVIRONMENT}; since 1.21
     * @param deployedArtifacts {@link ProtoEnum#DEPLOYED_ARTIFACTS}; since 1.21
     * @param pipelineCount pipelines configured in the whole instance; since 1.21
     */
    public record SpinnakerInstance(
            String id,
            @Nullable String version,
            @Nullable DeploymentMethod deploymentMethod,
            @Nullable String environment,
            @Nullable String deployedArtifacts,
            @Nullable Integer pipelineCount) {}

    /**
     * The tool that deployed Spinnaker.
     *
     * @param type {@link ProtoEnum#DEPLOYMENT_METHOD}
     * @param version the tool's version, free text
     */
    public record DeploymentMethod(
            @Nullable String type, @Nullable String version) {}

    /**
     * The application of the pipeline or task.
     *
     * @param id hash of its name and the id of its instance, so that the same name has different ids in different instances
     * @param pipelineCount pipelines configured in the application; since 1.21
     */
    public record Application(String id, @Nullable Integer pipelineCount) {}

    /**
     * The finished pipeline or task.
     *
     * @param id hash of the execution's id, or empty; a restarted execution reports the same id again
     * @param type {@link ProtoEnum#EXECUTION_TYPE}
     * @param trigger the cause of the execution
     * @param stages in the order of the pipeline; empty if none were sent; at most {@value EventReader#MAX_STAGES}
     * @param droppedStages number of further stages, which are not read and not stored
     * @param status {@link ProtoEnum#STATUS}
     */
    public record Execution(
            @Nullable String id,
            @Nullable String type,
            @Nullable Trigger trigger,
            List<Stage> stages,
            int droppedStages,
            @Nullable String status) {}

    /**
     * The cause of an execution.
     *
     * @param type {@link ProtoEnum#TRIGGER_TYPE}
     */
    public record Trigger(@Nullable String type) {}

    /**
     * One stage of an execution.
     *
     * @param type free text: plugins bring their own types
     * @param status {@link ProtoEnum#STATUS}
     * @param cloudProvider null for a stage that does not use a cloud
     */
    public record Stage(
            @Nullable String type,
            @Nullable String status,
            @Nullable CloudProvider cloudProvider) {}

    /**
     * The cloud that a stage worked on.
     *
     * @param id {@link ProtoEnum#CLOUD_PROVIDER}; Spinnaker 1.17 sent free text here
     * @param variant the provider's variant, free text
     */
    public record CloudProvider(
            @Nullable String id, @Nullable String variant) {}
}
