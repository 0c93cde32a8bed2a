package xyz.graphyn.domain.agent;

import java.time.Instant;
import java.util.Map;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.masking.Findings;

/**
 * An AI agent.
 *
 * @param createdBy the subject of the user who created it, which some issuers make an e-mail address
 * @param createdAt in microseconds
 * @param updatedAt in microseconds, never before {@code createdAt}
 * @param findings what is sensitive in {@code /name}, {@code /description}, {@code /instructions}, {@code /model},
 *     {@code /metadata} and {@code /createdBy}
 */
public record Agent(
        AgentId id,
        OrganizationId organization,
        AgentProfile profile,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        Findings findings) {
    private static final String NAME = "/name";
    private static final String CREATED_BY = "/createdBy";

    public AgentKey key() {
        return new AgentKey(organization, id);
    }

    /**
     * The agent with another profile; a clock that went back does not take {@code updatedAt} with it.
     *
     * @param found what is sensitive in the agent as it is then
     */
    public Agent changedTo(AgentProfile changed, Instant now, Findings found) {
        return new Agent(
                id, organization, changed, createdBy, createdAt, now.isAfter(updatedAt) ? now : updatedAt, found);
    }

    /** The same agent, searched by other rules. */
    public Agent searched(Findings found) {
        return new Agent(id, organization, profile, createdBy, createdAt, updatedAt, found);
    }

    /** For those who may know that it exists, but not what is in it. */
    public Agent withoutContent() {
        Findings left =
                new Findings(findings.rules(), Map.of(NAME, findings.in(NAME), CREATED_BY, findings.in(CREATED_BY)));
        return new Agent(id, organization, profile.nameOnly(), createdBy, createdAt, updatedAt, left);
    }
}
