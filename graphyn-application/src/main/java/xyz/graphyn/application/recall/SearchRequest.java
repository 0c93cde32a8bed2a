package xyz.graphyn.application.recall;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.validation.Checks;

/**
 * A question to an agent's memory. Every condition that is given must hold.
 *
 * @param query 1 to {@value RecallQuery#MAX_TEXT} code points
 * @param limit how many nodes at most, 1 to {@value Page#MAX_LIMIT}
 * @param types of these, at most {@value #MAX_TYPES}; all if there are none
 * @param from that occurred at this time or later
 * @param to that occurred before this time
 * @param asOf of memory as it was then: see {@link RecallQuery}; null for memory as it is now
 * @param minSeq memory must have taken in the events up to here
 */
public record SearchRequest(
        String query,
        int limit,
        List<String> types,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant asOf,
        @Nullable String sessionId,
        @Nullable Long minSeq) {
    public static final int MAX_TYPES = 50;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public SearchRequest {
        Checks checks = new Checks()
                .text("/query", query, RecallQuery.MAX_TEXT)
                .within("/limit", limit, 1, Page.MAX_LIMIT)
                .atMost("/types", types.size(), MAX_TYPES)
                .time("/from", from)
                .time("/to", to)
                .time("/asOf", asOf)
                .identifier("/sessionId", sessionId);
        for (int i = 0; i < Math.min(types.size(), MAX_TYPES); i++) {
            checks.typeName("/types/" + i, types.get(i));
        }
        if (minSeq != null) {
            checks.within("/minSeq", minSeq, 0, Long.MAX_VALUE);
        }
        checks.orThrow();
        types = List.copyOf(types);
    }
}
