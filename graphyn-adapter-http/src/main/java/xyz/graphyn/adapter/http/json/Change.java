package xyz.graphyn.adapter.http.json;

import org.jspecify.annotations.Nullable;

/**
 * What a merge patch (RFC 7396) says of one member: nothing, that it goes, or what it becomes. A patch is a record of
 * these; {@code Change<@Nullable String>} is a member that may go, {@code Change<String>} one that may not.
 */
public sealed interface Change<T extends @Nullable Object> {
    /** The member is not in the patch. */
    record Keep<T extends @Nullable Object>() implements Change<T> {}

    /** The member is null in the patch. */
    record Remove<T extends @Nullable Object>() implements Change<T> {}

    /** The member has a value in the patch. */
    record Become<T extends @Nullable Object>(T value) implements Change<T> {}

    /** What stands after the change where {@code present} stood before. */
    default @Nullable T applyTo(@Nullable T present) {
        return switch (this) {
            case Keep<T>() -> present;
            case Remove<T>() -> null;
            case Become<T>(T value) -> value;
        };
    }

    /** The same of a member that may not go; the reader lets nobody remove it. */
    default T or(T present) {
        return switch (this) {
            case Keep<T>() -> present;
            case Remove<T>() -> throw new IllegalStateException("The member may not go");
            case Become<T>(T value) -> value;
        };
    }
}
