package io.spinnaker.stats.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finished pipeline or ad-hoc task, as any Spinnaker since 1.17 reports it: kork's {@code log.proto}, part by part.
 * Null means that the client left the part out; {@code ""}, {@code 0} and {@code UNKNOWN} are what it sent. Ids are
 * SHA-256 hashes, made by the client.
 *
 * @param instance never null: without its id nothing can be counted
 * @param application never null, for the same reason
 * @param execution null when the client could not read its own execution
 */
public record Event(
        SpinnakerInstance instance,
        Application application,
        @Nullable Execution execution) {

    /**
     * The Spinnaker that reports.
     *
     * @param id hash of the random id that the instance was given when it was set up
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
     * The application whose pipeline or task has ended.
     *
     * @param id hash of its name and its instance's id: the same name is another id elsewhere
     * @param pipelineCount pipelines configured in the application; since 1.21
     */
    public record Application(String id, @Nullable Integer pipelineCount) {}

    /**
     * The pipeline or task that has ended.
     *
     * @param id hash of the execution's id, or empty; a restarted execution reports the same id again
     * @param type {@link ProtoEnum#EXECUTION_TYPE}
     * @param trigger what started it
     * @param stages in the order of the pipeline; empty when none were sent
     * @param status {@link ProtoEnum#STATUS}
     */
    public record Execution(
            @Nullable String id,
            @Nullable String type,
            @Nullable Trigger trigger,
            List<Stage> stages,
            @Nullable String status) {}

    /**
     * What started an execution.
     *
     * @param type {@link ProtoEnum#TRIGGER_TYPE}
     */
    public record Trigger(@Nullable String type) {}

    /**
     * One stage of an execution.
     *
     * @param type free text: plugins bring their own types
     * @param status {@link ProtoEnum#STATUS}
     * @param cloudProvider null for a stage that touches no cloud
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
