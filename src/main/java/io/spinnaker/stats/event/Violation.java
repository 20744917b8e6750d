package io.spinnaker.stats.event;

/**
 * One rule that an event breaks. Holds nothing that the client wrote.
 *
 * @param field the field's path in log.proto's JSON names, such as {@code execution.stages[3].type}
 * @param rule what the field must be
 */
public record Violation(String field, String rule) {}
