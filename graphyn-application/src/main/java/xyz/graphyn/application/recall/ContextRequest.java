package xyz.graphyn.application.recall;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.validation.Checks;

/**
 * What a prompt needs of an agent's memory. Every condition that is given must hold.
 *
 * @param query what the prompt is about, mostly the user's last message; 1 to {@value RecallQuery#MAX_TEXT} code points
 * @param tokenBudget how many tokens the context may have, 1 to {@value #MAX_BUDGET}
 * @param model for which it is, by its provider's name: its tokens are counted; null for the usual tokenizer
 * @param sessionId of this session alone, which is the history that the saving is measured against; null for all sessions
 * @param sessions of these, at most {@value #MAX_SESSIONS}; all if there are none
 * @param withoutSessions of none of these, at most {@value #MAX_SESSIONS}
 * @param types of these, at most {@value SearchRequest#MAX_TYPES}; all if there are none
 * @param recent how many of the latest messages are there whatever was asked, 0 to {@value #MAX_RECENT}
 * @param from that occurred at this time or later
 * @param to that occurred before this time
 * @param asOf of memory as it was then: see {@link RecallQuery}; null for memory as it is now
 * @param minSeq memory must have taken in the events up to here
 */
public record ContextRequest(
        String query,
        int tokenBudget,
        @Nullable String model,
        @Nullable String sessionId,
        List<String> sessions,
        List<String> withoutSessions,
        List<String> types,
        int recent,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant asOf,
        @Nullable Long minSeq) {
    /** More than any model reads. */
    public static final int MAX_BUDGET = 10_000_000;

    public static final int MAX_SESSIONS = 1_000;
    public static final int MAX_RECENT = 100;
    public static final int MAX_MODEL = 200;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public ContextRequest {
        Checks checks = new Checks()
                .text("/query", query, RecallQuery.MAX_TEXT)
                .within("/tokenBudget", tokenBudget, 1, MAX_BUDGET)
                .optionalText("/model", model, MAX_MODEL)
                .identifier("/sessionId", sessionId)
                .atMost("/sessions", sessions.size(), MAX_SESSIONS)
                .atMost("/withoutSessions", withoutSessions.size(), MAX_SESSIONS)
                .atMost("/types", types.size(), SearchRequest.MAX_TYPES)
                .within("/recent", recent, 0, MAX_RECENT)
                .time("/from", from)
                .time("/to", to)
                .time("/asOf", asOf);
        if (sessionId != null && !sessions.isEmpty()) {
            checks.add("/sessions", "contradictory", "can't be given beside sessionId");
        }
        each(checks, "/sessions/", sessions, MAX_SESSIONS);
        each(checks, "/withoutSessions/", withoutSessions, MAX_SESSIONS);
        for (int i = 0; i < Math.min(types.size(), SearchRequest.MAX_TYPES); i++) {
            checks.typeName("/types/" + i, types.get(i));
        }
        if (minSeq != null) {
            checks.within("/minSeq", minSeq, 0, Long.MAX_VALUE);
        }
        checks.orThrow();
        sessions = List.copyOf(sessions);
        withoutSessions = List.copyOf(withoutSessions);
        types = List.copyOf(types);
    }

    private static void each(Checks checks, String pointer, List<String> identifiers, int most) {
        for (int i = 0; i < Math.min(identifiers.size(), most); i++) {
            checks.identifier(pointer + i, identifiers.get(i));
        }
    }
}
