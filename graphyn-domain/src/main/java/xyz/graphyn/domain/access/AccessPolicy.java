package xyz.graphyn.domain.access;

/** What a role is worth. Only the owner of an agent is asked for, so that deciding needs no more than one row. */
public final class AccessPolicy {
    private AccessPolicy() {}

    /**
     * What {@code principal} may do with an agent of their own organization.
     *
     * @param createdBy the subject of the user who created the agent
     */
    public static AgentPermission onAgent(Principal principal, String createdBy) {
        return switch (principal.role()) {
            case ADMIN -> AgentPermission.MANAGE;
            case MEMBER -> principal.subject().equals(createdBy) ? AgentPermission.MANAGE : AgentPermission.READ;
            case VIEWER -> AgentPermission.READ;
            case AUDITOR -> AgentPermission.EXISTENCE;
        };
    }

    public static boolean mayCreateAgents(Principal principal) {
        return switch (principal.role()) {
            case ADMIN, MEMBER -> true;
            case VIEWER, AUDITOR -> false;
        };
    }

    /** What went wrong between the organization and its clients. */
    public static boolean maySeeFailures(Principal principal) {
        return principal.role() == Role.ADMIN;
    }

    /** What everybody's prompts cost, and not only one's own. */
    public static boolean maySeeAllUsage(Principal principal) {
        return principal.role() == Role.ADMIN;
    }

    /** What the organization looks for, and shows to whom. */
    public static boolean mayManageSettings(Principal principal) {
        return principal.role() == Role.ADMIN;
    }
}
