package xyz.graphyn.domain.masking;

import java.util.Map;
import java.util.Set;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.Role;

/**
 * What an organization hides from whom.
 *
 * @param levels for each role, how much of what is sensitive it sees; a role that may do more never sees less
 * @param unhidden kinds that are shown to everybody as they came
 */
public record MaskingPolicy(Map<Role, AccessLevel> levels, Set<Kind> unhidden) {
    /** What holds until an organization says otherwise. */
    public static final MaskingPolicy DEFAULT = new MaskingPolicy(
            Map.of(
                    Role.ADMIN, AccessLevel.RAW,
                    Role.MEMBER, AccessLevel.PARTIAL,
                    Role.VIEWER, AccessLevel.MASKED,
                    Role.AUDITOR, AccessLevel.MASKED),
            Set.of());

    public MaskingPolicy {
        levels = Map.copyOf(levels);
        unhidden = Set.copyOf(unhidden);
    }
}
