package xyz.graphyn.domain.validation;

/**
 * One mistake in a value.
 *
 * @param pointer where: a JSON Pointer (RFC 6901) into the value, for example {@code /labels/3}; empty for the whole
 * @param code what kind, for programs, in kebab case, for example {@code too-long}
 * @param message what to do about it, for people; it never repeats the value
 */
public record Violation(String pointer, String code, String message) {
    /** The same mistake in a value that stands at {@code prefix} of a larger one. */
    public Violation under(String prefix) {
        return new Violation(prefix + pointer, code, message);
    }
}
