package xyz.graphyn.application.failure;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;

/**
 * A question for noted failures, the newest first. Every condition that is given must hold.
 *
 * @param kind of this kind
 * @param agent of this agent; then none that concern all
 * @param from that were last noticed at this time or later
 * @param to that were last noticed before this time
 * @param position only those behind this place in the list; null for its beginning
 * @param limit how many at most, 1 to {@value xyz.graphyn.application.paging.Page#MAX_LIMIT}
 */
public record FailureQuery(
        Failure.@Nullable Kind kind,
        @Nullable AgentId agent,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Position position,
        int limit) {

    /** The place of a note in the list: the later one first, and of two at the same time the greater id. */
    public record Position(Instant lastAt, UUID id) {
        public static Position of(FailureNote note) {
            return new Position(note.lastAt(), note.id());
        }
    }
}
