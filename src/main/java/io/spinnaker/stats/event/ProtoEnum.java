package io.spinnaker.stats.event;

import java.util.List;

/** The enums of {@code log.proto}. The index of a name is its number on the wire. */
public enum ProtoEnum {
    /** The environment of an instance. */
    ENVIRONMENT("ENVIRONMENT_UNKNOWN", "KUBERNETES"),
    /** The artifacts that an instance was installed from. */
    DEPLOYED_ARTIFACTS("DEPLOYED_ARTIFACTS_UNKNOWN", "DEBIAN_PACKAGES", "DOCKER_CONTAINERS"),
    /** The tool that deployed an instance. */
    DEPLOYMENT_METHOD("NONE", "OTHER", "HALYARD", "KUBERNETES_OPERATOR", "KLEAT"),
    /** Pipeline, ad-hoc task, or pipeline from a template. */
    EXECUTION_TYPE(
            "UNKNOWN", "PIPELINE", "ORCHESTRATION", "MANAGED_PIPELINE_TEMPLATE_V1", "MANAGED_PIPELINE_TEMPLATE_V2"),
    /** The cause of an execution. */
    TRIGGER_TYPE("UNKNOWN", "ARTIFACTORY", "BUILD", "DOCKER", "GIT", "MANUAL", "PUBSUB", "WEBHOOK"),
    /** How an execution or a stage ended. */
    STATUS(
            "UNKNOWN",
            "NOT_STARTED",
            "RUNNING",
            "PAUSED",
            "SUSPENDED",
            "SUCCEEDED",
            "FAILED_CONTINUE",
            "TERMINAL",
            "CANCELED",
            "REDIRECT",
            "STOPPED",
            "SKIPPED",
            "BUFFERED"),
    /** The cloud that a stage worked on. */
    CLOUD_PROVIDER(
            "UNKNOWN", "APPENGINE", "AWS", "AZURE", "CLOUDFOUNDRY", "DCOS", "ECS", "GCE", "KUBERNETES", "ORACLE");

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> names;

    ProtoEnum(String... names) {
        this.names = List.of(names);
    }

    /** The names known today, in the order of their numbers. */
    public List<String> names() {
        return names;
    }

    /**
     * Tells whether a name suggests that Spinnaker has a new value: it is not in the enum, or it is {@code UNKNOWN}, to which
     * Spinnaker itself maps such names. {@code ENVIRONMENT_UNKNOWN} and the like are defaults that almost every event has.
     */
    public boolean suggestsNewValue(String name) {
        return name.equals("UNKNOWN") || !names.contains(name);
    }

    /** The name of a number; the number itself, as text, if the enum does not have it. */
    String nameOf(int number) {
        return number >= 0 && number < names.size() ? names.get(number) : String.valueOf(number);
    }
}
