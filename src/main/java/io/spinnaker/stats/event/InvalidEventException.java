package io.spinnaker.stats.event;

import java.util.List;
import java.util.stream.Collectors;

/** JSON that is no event of Spinnaker's: a field breaks a rule. Sending it again cannot help. */
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
     * The rules broken, in the order found, at least one; reading ends at number {@value EventReader#MAX_VIOLATIONS}.
     */
    public List<Violation> violations() {
        return violations;
    }
}
