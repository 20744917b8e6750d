package io.spinnaker.stats.dev.demo;

/**
 * A type of stages.
 *
 * @param name as Orca has it
 * @param failing the share of its runs that fail
 * @param use the share of those instances that have such pipelines at all
 */
record StageType(String name, double failing, AdoptionCurve use) {}
