package xyz.graphyn.domain.masking;

/**
 * What an organization has decided about what is sensitive: what is looked for, and who sees it.
 *
 * @param policyRevision how often the policy alone was changed, from 0. It is not in the rules' version, so that such a change
 *     leaves what was found as it is
 */
public record MaskingSettings(DetectionRules rules, MaskingPolicy policy, int policyRevision) {
    /** What holds until an organization says otherwise. */
    public static final MaskingSettings DEFAULT = new MaskingSettings(DetectionRules.DEFAULT, MaskingPolicy.DEFAULT);

    public MaskingSettings {
        if (policyRevision < 0) {
            throw new IllegalArgumentException("a revision is 0 or more");
        }
    }

    /** Whose policy was never changed alone. */
    public MaskingSettings(DetectionRules rules, MaskingPolicy policy) {
        this(rules, policy, 0);
    }

    /** Names them among all that the organization has had: goes up by 1 with every change. */
    public int revision() {
        return Math.addExact(rules.revision(), policyRevision);
    }

    /**
     * The next ones, of these rules and this policy, whatever the revision of the rules says: only where rules differ do they
     * get another. The same ones where nothing differs.
     */
    public MaskingSettings changedTo(DetectionRules newRules, MaskingPolicy newPolicy) {
        if (!newRules.as(rules.revision()).equals(rules)) {
            return new MaskingSettings(newRules.as(Math.addExact(rules.revision(), 1)), newPolicy, policyRevision);
        }
        return newPolicy.equals(policy)
                ? this
                : new MaskingSettings(rules, newPolicy, Math.addExact(policyRevision, 1));
    }

    /**
     * That these may replace {@code before}.
     *
     * @throws IllegalArgumentException if they differ and their revision is not higher, or that of the rules is not where
     *     these differ: what was searched by the one would pass for searched by the other
     */
    public void requireFollows(MaskingSettings before) {
        rules.requireFollows(before.rules);
        if (revision() < before.revision() || (revision() == before.revision() && !equals(before))) {
            throw new IllegalArgumentException("other settings need a higher revision");
        }
    }
}
