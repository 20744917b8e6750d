package io.spinnaker.stats.event;

import java.util.List;
import java.util.stream.Collectors;

/** A JSON object in which a field breaks a rule. A retry cannot succeed. */
public final class InvalidEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    InvalidEventException(List<Violation> violations) {
        super(
                violations.stream().map(v -> v.field() + " " + v.rule()).collect(Collectors.joining("; ")),
                null,
                false,
                false);
        this.violations = List.copyOf(violations);
    }

    /**
     * The violations in the order of the document, at least one. Reading stops at number {@value
     * EventReader#MAX_VIOLATIONS}, counting those that a duplicate overrides.
     */
    public List<Violation> violations() {
        return violations;
    }
}
