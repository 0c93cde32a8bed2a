package xyz.graphyn.domain.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;

/**
 * One immutable thing that happened to an agent. The fields that its sender told are those of {@link EventDraft}.
 *
 * @param seq its number among the agent's events, from 1, without a gap, in the order of commit
 * @param occurredAt when it happened, in microseconds
 * @param receivedAt when it arrived here, in microseconds
 * @param findings what is sensitive in {@code /payload}, {@code /type}, {@code /sessionId} and {@code /externalId}
 */
public record Event(
        EventId id,
        long seq,
        AgentId agent,
        String type,
        @Nullable String sessionId,
        @Nullable String externalId,
        Json payload,
        Instant occurredAt,
        Instant receivedAt,
        Findings findings) {
    /** The same event, searched by other rules. */
    public Event searched(Findings found) {
        return new Event(id, seq, agent, type, sessionId, externalId, payload, occurredAt, receivedAt, found);
    }
}
