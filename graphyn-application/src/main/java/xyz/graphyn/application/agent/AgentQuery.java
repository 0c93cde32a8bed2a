package xyz.graphyn.application.agent;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;

/**
 * A question for agents, newest first.
 *
 * @param name only those whose name contains this, in any case; taken literally
 * @param after only those behind this one in the list
 * @param limit how many at most, 1 to {@value xyz.graphyn.application.paging.Page#MAX_LIMIT}
 */
public record AgentQuery(@Nullable String name, @Nullable AgentId after, int limit) {}
