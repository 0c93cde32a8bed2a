package xyz.graphyn.domain.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.access.Actor;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * One record of who did what.
 *
 * @param id a UUIDv7
 * @param at when, in microseconds
 * @param target what it was done to
 * @param requestId the request in which it was done, as the caller was told it
 * @param details numbers and ids that say more, for example {@code count}; never content, never a secret
 */
public record AuditEntry(
        UUID id,
        OrganizationId organization,
        Instant at,
        Actor actor,
        AuditAction action,
        Target target,
        String requestId,
        Map<String, String> details) {

    public AuditEntry {
        details = Map.copyOf(details);
    }

    /**
     * @param agent the agent that it concerns; null if that is the organization as a whole
     * @param id the id of the thing itself, which for an agent is the agent's, and for an organization its own
     */
    public record Target(Kind kind, @Nullable UUID agent, UUID id) {
        public enum Kind {
            ORGANIZATION,
            AGENT,
            NODE,
            EDGE
        }
    }
}
