package xyz.graphyn.domain.memory;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.validation.Invalid;

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

    /** An edge that somebody tells. */
    public static Edge told(EdgeId id, AgentId agent, EdgeDraft draft, Instant now, Findings findings) {
        return new Edge(
                id,
                agent,
                draft.from(),
                draft.to(),
                draft.relation(),
                draft.properties(),
                draft.validFrom(),
                draft.validTo(),
                false,
                now,
                findings);
    }

    /** Whether the two tell of the same: what holds, between which nodes, from when on. */
    public boolean isSameFact(Edge other) {
        return from.equals(other.from)
                && to.equals(other.to)
                && relation.equals(other.relation)
                && Objects.equals(validFrom, other.validFrom);
    }

    /**
     * This edge, told anew: from now on somebody stands by it, whoever found it.
     *
     * @param found what is sensitive in the draft
     * @throws Invalid if it would be another relation, or between other nodes: then it is another fact
     */
    public Edge changedTo(EdgeDraft draft, Findings found) {
        requireSame("/from", from, draft.from());
        requireSame("/to", to, draft.to());
        requireSame("/relation", relation, draft.relation());
        return new Edge(
                id,
                agent,
                from,
                to,
                relation,
                draft.properties(),
                draft.validFrom(),
                draft.validTo(),
                false,
                createdAt,
                found);
    }

    private static void requireSame(String pointer, Object present, Object told) {
        if (!told.equals(present)) {
            throw new Invalid(pointer, "immutable", "can't be changed");
        }
    }

    /** The same edge, told by somebody. */
    public Edge asTold() {
        return changedTo(draft(), findings);
    }

    /** The same edge, searched by other rules. */
    public Edge searched(Findings found) {
        return new Edge(id, agent, from, to, relation, properties, validFrom, validTo, derived, createdAt, found);
    }

    /** Whether it held at that time: its beginning counts, its end does not. */
    public boolean holdsAt(Instant time) {
        return (validFrom == null || !time.isBefore(validFrom)) && (validTo == null || time.isBefore(validTo));
    }

    /** What its author would tell to get this edge. */
    public EdgeDraft draft() {
        return new EdgeDraft(from, to, relation, properties, validFrom, validTo);
    }
}
