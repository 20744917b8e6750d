package io.spinnaker.stats.dev.demo;

import static io.spinnaker.stats.dev.demo.AdoptionCurve.ALL;
import static io.spinnaker.stats.dev.demo.AdoptionCurve.moving;
import static io.spinnaker.stats.dev.demo.AdoptionCurve.steady;

import java.util.List;
import java.util.Map;

/**
 * What Spinnaker can do, and who does it over the year. All names are such as real Spinnakers sent; how often they
 * occur is made up. Some gain, some die out, so that there is something to find.
 */
final class FeatureCatalog {

    /** Stages before those of a cloud. */
    static final List<StageType> BUILDING = List.of(
            new StageType("evaluateVariables", 0.004, steady(0.25)),
            new StageType("checkPreconditions", 0.02, steady(0.2)),
            new StageType("jenkins", 0.06, moving(0.45, 0.34)),
            new StageType("travis", 0.07, new AdoptionCurve(0.14, 0, 1, 11)),
            new StageType("concourse", 0.05, steady(0.06)),
            new StageType("googleCloudBuild", 0.04, moving(0.08, 0.22)),
            new StageType("awsCodeBuild", 0.05, new AdoptionCurve(0, 0.2, 5, 13)),
            new StageType("terraform", 0.09, moving(0.1, 0.28)),
            new StageType("script", 0.08, new AdoptionCurve(0.2, 0.07, 0, 12)),
            new StageType("manualJudgment", 0.03, steady(0.5)));

    /** Stages after those of a cloud. */
    static final List<StageType> CHECKING = List.of(
            new StageType("canary", 0.1, new AdoptionCurve(0.12, 0, 1, 9)),
            new StageType("kayentaCanary", 0.12, moving(0.08, 0.25)),
            new StageType("gremlin", 0.15, new AdoptionCurve(0.06, 0, 2, 12)),
            new StageType("wait", 0.001, steady(0.6)),
            new StageType("webhook", 0.05, steady(0.45)),
            new StageType("pipeline", 0.03, steady(0.5)));

    private static final List<String> APPLICATION_TASKS =
            List.of("updateApplication", "savePipeline", "createApplication");

    private static final List<String> SERVER_GROUP_TASKS = List.of(
            "resizeServerGroup",
            "destroyServerGroup",
            "disableServerGroup",
            "enableServerGroup",
            "updateApplication",
            "savePipeline",
            "cloneServerGroup",
            "upsertLoadBalancer",
            "rollbackCluster",
            "createApplication");

    private static final List<StageType> IMAGES = List.of(
            new StageType("bake", 0.06, steady(0.8)),
            new StageType("findImage", 0.03, steady(0.3)),
            new StageType("tagImage", 0.02, steady(0.2)),
            new StageType("deploy", 0.05, ALL),
            new StageType("shrinkCluster", 0.02, steady(0.3)),
            new StageType("scaleDownCluster", 0.02, steady(0.25)),
            new StageType("disableCluster", 0.02, new AdoptionCurve(0.3, 0.1, 2, 12)));

    private static final List<StageType> SERVER_GROUPS = List.of(
            new StageType("deploy", 0.06, ALL),
            new StageType("disableServerGroup", 0.02, steady(0.3)),
            new StageType("destroyServerGroup", 0.02, steady(0.4)));

    /** Clouds, the usual one first. */
    static final List<Cloud> CLOUDS = List.of(
            new Cloud(
                    "KUBERNETES",
                    moving(0.72, 0.8),
                    List.of(
                            new StageType("bakeManifest", 0.04, steady(0.7)),
                            new StageType("deployManifest", 0.07, ALL),
                            new StageType("runJobManifest", 0.08, steady(0.35)),
                            new StageType("patchManifest", 0.03, steady(0.2)),
                            new StageType("findArtifactsFromResource", 0.02, steady(0.12)),
                            new StageType("rollingRestartManifest", 0.02, new AdoptionCurve(0, 0.45, 6, 13)),
                            new StageType("deleteManifest", 0.02, steady(0.3))),
                    List.of(
                            "scaleManifest",
                            "deleteManifest",
                            "updateApplication",
                            "savePipeline",
                            "undoRolloutManifest",
                            "createApplication")),
            new Cloud("AWS", moving(0.36, 0.33), IMAGES, SERVER_GROUP_TASKS),
            new Cloud("GCE", steady(0.16), IMAGES, SERVER_GROUP_TASKS),
            new Cloud("ECS", moving(0.06, 0.13), SERVER_GROUPS, SERVER_GROUP_TASKS),
            new Cloud("CLOUDFOUNDRY", steady(0.09), SERVER_GROUPS, APPLICATION_TASKS),
            new Cloud("AZURE", steady(0.08), IMAGES, APPLICATION_TASKS),
            new Cloud("APPENGINE", new AdoptionCurve(0.08, 0.05, 0, 12), SERVER_GROUPS, APPLICATION_TASKS),
            new Cloud("DCOS", new AdoptionCurve(0.1, 0, 2, 8), SERVER_GROUPS, APPLICATION_TASKS));

    /** What an instance may have its pipelines started by, but for people. {@code UNKNOWN} is what cron is sent as. */
    static final Map<String, AdoptionCurve> TRIGGERS = Map.of(
            "GIT", steady(0.5),
            "DOCKER", moving(0.4, 0.3),
            "WEBHOOK", moving(0.35, 0.45),
            "PUBSUB", new AdoptionCurve(0, 0.35, 4, 13),
            "BUILD", moving(0.4, 0.3),
            "ARTIFACTORY", new AdoptionCurve(0.1, 0, 2, 10),
            "UNKNOWN", steady(0.15));

    static final AdoptionCurve TEMPLATES_V1 = new AdoptionCurve(0.1, 0, 3, 10);
    static final AdoptionCurve TEMPLATES_V2 = moving(0.08, 0.24);

    /** What one or two alone have, from plugins of their own: by instance. It must not be seen in public. */
    static final Map<Integer, StageType> OWN = Map.of(
            9, new StageType("acmeCustomStage", 0.1, ALL),
            21, new StageType("com.acme.plugin.RandomWait", 0, ALL),
            34, new StageType("com.acme.plugin.RandomWait", 0, ALL));

    private FeatureCatalog() {}
}
