package xyz.graphyn.domain.masking;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.validation.Checks;

/**
 * What an organization hides from whom.
 *
 * @param levels for each role, how much of what is sensitive it sees; a role that may do more never sees less, and auditors
 *     see that there is something
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

    /** Far more than there are kinds. */
    public static final int MAX_UNHIDDEN = 200;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public MaskingPolicy {
        levels = Map.copyOf(levels);
        unhidden = Set.copyOf(unhidden);
        Checks checks = new Checks().atMost("/unhidden", unhidden.size(), MAX_UNHIDDEN);
        for (Role role : Role.values()) {
            if (!levels.containsKey(role)) {
                checks.add(pointer(role), "missing", "must say how much this role sees");
            }
        }
        checkOrder(checks, levels, Role.MEMBER, Role.ADMIN);
        checkOrder(checks, levels, Role.VIEWER, Role.MEMBER);
        if (levels.getOrDefault(Role.AUDITOR, AccessLevel.MASKED) != AccessLevel.MASKED) {
            checks.add(pointer(Role.AUDITOR), "too-much", "must be masked: auditors don't see content");
        }
        checks.orThrow();
    }

    /** How somebody of that role sees what is sensitive. */
    public View viewOf(Role role) {
        return new View(levels.getOrDefault(role, AccessLevel.MASKED), unhidden);
    }

    private static void checkOrder(Checks checks, Map<Role, AccessLevel> levels, Role less, Role more) {
        AccessLevel ofLess = levels.get(less);
        AccessLevel ofMore = levels.get(more);
        if (ofLess != null && ofMore != null && !ofMore.covers(ofLess)) {
            checks.add(pointer(less), "too-much", "must not see more than the role " + word(more));
        }
    }

    private static String pointer(Role role) {
        return "/levels/" + word(role);
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
