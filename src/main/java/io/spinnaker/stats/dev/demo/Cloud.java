package io.spinnaker.stats.dev.demo;

import java.util.List;

/**
 * A cloud provider.
 *
 * @param id as log.proto has it
 * @param use the share of instances that deploy there
 * @param stages of pipelines that do, in order
 * @param tasks stages of which ad-hoc tasks there consist, the usual ones first
 */
record Cloud(String id, AdoptionCurve use, List<StageType> stages, List<String> tasks) {}
