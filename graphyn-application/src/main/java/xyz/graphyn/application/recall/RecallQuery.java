package xyz.graphyn.application.recall;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * What is looked for in an agent's memory. Every condition that is given must hold.
 *
 * @param text the question, in the words of whoever asks; 1 to {@value #MAX_TEXT} code points
 * @param types of these; all if there are none
 * @param sessions of these; all if there are none
 * @param withoutSessions of none of these
 * @param from that occurred at this time or later
 * @param to that occurred before this time
 * @param asOf of memory as it was then: what occurred at this time or before it, where nothing that had occurred by then holds in
 *     its place; null for memory as it is now
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 * @param window the tokens of how many of the latest messages are wanted, from 0
 * @param provenBy for a reader from whom something may be hidden: the masked text is searched, of nodes that were searched by
 *     exactly these rules, and a condition on {@code types} or sessions holds only where nothing was found in that text, lest
 *     one guess what is hidden; null for a reader who sees everything as it came, for whom the text as it came is searched
 */
public record RecallQuery(
        String text,
        Set<String> types,
        Set<String> sessions,
        Set<String> withoutSessions,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Instant asOf,
        int limit,
        int window,
        @Nullable RulesVersion provenBy) {
    public static final int MAX_TEXT = 10_000;
    public static final int MAX_LIMIT = 2_000;

    public RecallQuery {
        types = Set.copyOf(types);
        sessions = Set.copyOf(sessions);
        withoutSessions = Set.copyOf(withoutSessions);
    }
}
