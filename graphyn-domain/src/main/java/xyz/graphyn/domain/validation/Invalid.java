package xyz.graphyn.domain.validation;

import java.util.List;

/** A value that breaks the rules of its type, with every mistake that was found. It is an answer, not a fault. */
public final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /** @param violations at least one */
    public Invalid(List<Violation> violations) {
        super(violations.toString(), null, false, false);
        this.violations = List.copyOf(violations);
    }

    public Invalid(String pointer, String code, String message) {
        this(List.of(new Violation(pointer, code, message)));
    }

    /** In the order in which they were found; never empty. */
    public List<Violation> violations() {
        return violations;
    }
}
