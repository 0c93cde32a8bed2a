package xyz.graphyn.domain.memory;

import org.jspecify.annotations.Nullable;

/**
 * What somebody said, as the payload of a {@code message} event tells it.
 *
 * @param role for example {@code user}, {@code assistant} or {@code tool}
 * @param name who spoke, where the role is not enough
 * @param text not blank
 */
public record Message(String role, @Nullable String name, String text) {
    /** The type of the events that tell messages, and of the nodes that remember them. */
    public static final String TYPE = "message";

    /** The name if there is one, else the role. */
    public String speaker() {
        return name == null ? role : name;
    }
}
