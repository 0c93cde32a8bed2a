package xyz.graphyn.application.event;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * A question for events, by {@code seq}. Every condition that is given must hold.
 *
 * @param types any of these; empty for all
 * @param sessionId of this session
 * @param from that occurred at this time or later
 * @param to that occurred before this time
 * @param after with a {@code seq} above this one, in either order; 0 for all
 * @param order by {@code seq}
 * @param position only those behind this {@code seq} in the list; null for its beginning
 * @param limit how many at most, 1 to {@value xyz.graphyn.application.paging.Page#MAX_LIMIT}
 * @param provenBy for a reader from whom something may be hidden: a condition on {@code types} or {@code sessionId} holds
 *     only for events whose text there was searched by exactly these rules, with nothing found, lest one guess what is
 *     hidden; null for a reader who sees everything as it came
 */
public record EventQuery(
        Set<String> types,
        @Nullable String sessionId,
        @Nullable Instant from,
        @Nullable Instant to,
        long after,
        Order order,
        @Nullable Long position,
        int limit,
        @Nullable RulesVersion provenBy) {
    public static final int MAX_TYPES = 20;

    public EventQuery {
        types = Set.copyOf(types);
    }

    public enum Order {
        ASCENDING,
        DESCENDING
    }

    /** The same question for a reader of whom this holds. */
    public EventQuery by(@Nullable RulesVersion rules) {
        return new EventQuery(types, sessionId, from, to, after, order, position, limit, rules);
    }
}
