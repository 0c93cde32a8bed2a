package xyz.graphyn.application.recall;

import xyz.graphyn.domain.agent.AgentKey;

/**
 * Ranks an agent's nodes for a question. It is a cache of what {@link xyz.graphyn.application.memory.MemoryChanges} tells:
 * every search sees all changes that were committed before it, on whatever server.
 */
public interface RecallIndex {
    /**
     * @throws xyz.graphyn.application.access.Refusal.NotFound if the agent does not exist or was removed
     * @throws xyz.graphyn.application.access.Refusal.Unavailable if memory can't be read for now, or too many searches wait
     */
    Ranking search(AgentKey agent, RecallQuery query);
}
