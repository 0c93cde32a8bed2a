package xyz.graphyn.domain.masking;

import java.util.Set;
import xyz.graphyn.domain.access.AccessLevel;

/**
 * How somebody sees what is sensitive. {@link MaskingPolicy#viewOf} makes one for a role. Equal views show the same, so
 * that what was masked for one reader serves all of the same view.
 *
 * @param level how much of it
 * @param unhidden kinds that are seen as they came, whatever the level
 */
public record View(AccessLevel level, Set<Kind> unhidden) {
    /** All of it, as it came. */
    public static final View RAW = new View(AccessLevel.RAW, Set.of());

    public View {
        unhidden = level == AccessLevel.RAW ? Set.of() : Set.copyOf(unhidden);
    }

    /** How much of a finding of that kind. */
    public AccessLevel of(Kind kind) {
        return unhidden.contains(kind) ? AccessLevel.RAW : level;
    }

    /** Whether it hides anything, so that it can't be used on what nobody has searched. */
    public boolean needsFindings() {
        return level != AccessLevel.RAW;
    }
}
