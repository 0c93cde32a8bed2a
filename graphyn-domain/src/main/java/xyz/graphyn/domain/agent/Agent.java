package xyz.graphyn.domain.agent;

import java.time.Instant;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * An AI agent.
 *
 * @param createdBy the subject of the user who created it
 * @param createdAt in microseconds
 * @param updatedAt in microseconds, never before {@code createdAt}
 */
public record Agent(
        AgentId id,
        OrganizationId organization,
        AgentProfile profile,
        String createdBy,
        Instant createdAt,
        Instant updatedAt) {

    public AgentKey key() {
        return new AgentKey(organization, id);
    }

    /** The agent with another profile; a clock that went back does not take {@code updatedAt} with it. */
    public Agent changedTo(AgentProfile changed, Instant now) {
        return new Agent(id, organization, changed, createdBy, createdAt, now.isAfter(updatedAt) ? now : updatedAt);
    }

    /** For those who may know that it exists, but not what is in it. */
    public Agent withoutContent() {
        return new Agent(id, organization, profile.nameOnly(), createdBy, createdAt, updatedAt);
    }
}
