package xyz.graphyn.application.memory;

import java.time.Instant;
import java.util.Optional;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.SetAside;

/** How far an agent's memory is, and what it could not take in. */
public interface MemoryStore {
    /**
     * Costs no more the more the agent remembers; empty if it does not exist or was removed.
     *
     * @param now until when the lag is counted
     */
    Optional<MemoryState> state(AgentKey agent, Instant now);

    /**
     * Events that were set aside, by {@code seq}.
     *
     * @param after only those behind it; 0 for the first
     * @param limit 1 to {@value Page#MAX_LIMIT}
     */
    Page<SetAside> setAside(AgentKey agent, long after, int limit);
}
