package io.spinnaker.stats.event;

/**
 * A rule that a field of an event breaks. It quotes nothing that the client sent.
 *
 * @param field the field's path in log.proto's JSON names, such as {@code execution.stages[3].type}
 * @param rule what the field must be
 */
public record Violation(String field, String rule) {}
