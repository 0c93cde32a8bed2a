package xyz.graphyn.application.agent;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * A question for agents, newest first.
 *
 * @param name only those whose name contains this, in any case; taken literally
 * @param after only those behind this one in the list
 * @param limit how many at most, 1 to {@value xyz.graphyn.application.paging.Page#MAX_LIMIT}
 * @param provenBy for a reader from whom something may be hidden: {@code name} matches only names that were searched by
 *     exactly these rules, with nothing found, lest one guess what is hidden; null for a reader who sees everything as it came
 */
public record AgentQuery(
        @Nullable String name,
        @Nullable AgentId after,
        int limit,
        @Nullable RulesVersion provenBy) {
    /** The same question for a reader of whom this holds. */
    public AgentQuery by(@Nullable RulesVersion rules) {
        return new AgentQuery(name, after, limit, rules);
    }
}
