package xyz.graphyn.application.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/**
 * A question for nodes, latest first. Every condition that is given must hold.
 *
 * @param label having this label
 * @param from that occurred at this time or later
 * @param to that occurred before this time
 * @param position only those behind this one in the list; null for its beginning
 * @param limit how many at most, 1 to {@value xyz.graphyn.application.paging.Page#MAX_LIMIT}
 * @param provenBy for a reader from whom something may be hidden: a condition on {@code type}, {@code label} or
 *     {@code sessionId} holds only for nodes whose text there was searched by exactly these rules, with nothing found, lest
 *     one guess what is hidden; null for a reader who sees everything as it came
 */
public record NodeQuery(
        @Nullable String type,
        @Nullable String label,
        @Nullable String sessionId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Position position,
        int limit,
        @Nullable RulesVersion provenBy) {

    /** A place in the list, which is ordered by time and then by id, both descending. */
    public record Position(Instant occurredAt, NodeId id) {
        public static Position of(Node node) {
            return new Position(node.occurredAt(), node.id());
        }
    }

    /** The same question for a reader of whom this holds. */
    public NodeQuery by(@Nullable RulesVersion rules) {
        return new NodeQuery(type, label, sessionId, from, to, position, limit, rules);
    }
}
