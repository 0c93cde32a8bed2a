package xyz.graphyn.application.access;

import xyz.graphyn.domain.access.Actor;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * A principal in the middle of one request.
 *
 * @param requestId the id under which the answer, the log and the audit trail name this request
 */
public record Caller(Principal principal, String requestId) {
    public OrganizationId organization() {
        return principal.organization();
    }

    public Actor actor() {
        return principal.actor();
    }

    /** The agent of that id in the caller's own organization; no other can be named. */
    public AgentKey key(AgentId agent) {
        return new AgentKey(organization(), agent);
    }
}
