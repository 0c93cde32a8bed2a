package xyz.graphyn.domain.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;

/**
 * A typed, directed relation between two nodes of one agent. The fields that its author told are those of {@link EdgeDraft}. A
 * fact that stopped being true is closed by {@code validTo}, not removed.
 *
 * @param derived whether memory itself has found it, and may take it back; false if somebody told it
 * @param createdAt in microseconds
 * @param findings what is sensitive in {@code /relation} and {@code /properties}
 */
public record Edge(
        EdgeId id,
        AgentId agent,
        NodeId from,
        NodeId to,
        String relation,
        Json properties,
        @Nullable Instant validFrom,
        @Nullable Instant validTo,
        boolean derived,
        Instant createdAt,
        Findings findings) {

    /** Whether it held at that time: its beginning counts, its end does not. */
    public boolean holdsAt(Instant time) {
        return (validFrom == null || !time.isBefore(validFrom)) && (validTo == null || time.isBefore(validTo));
    }

    /** What its author would tell to get this edge. */
    public EdgeDraft draft() {
        return new EdgeDraft(from, to, relation, properties, validFrom, validTo);
    }
}
