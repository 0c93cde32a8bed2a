package xyz.graphyn.application.agent;

import java.util.Optional;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Where agents are kept. Every method joins the unit of work if there is one, and is one of its own where not. An agent
 * of another organization does not exist here, whatever its id.
 */
public interface AgentStore {
    /** Adds an agent, with an empty event log and an empty memory. Its id is new. */
    void insert(Agent agent);

    Optional<Agent> find(AgentKey key);

    /** Like {@link #find}, and nobody else changes or removes the agent until the unit of work, which must exist, ends. */
    Optional<Agent> findForChange(AgentKey key);

    /** The subject of the user who created the agent: what deciding on access needs, in one narrow read. */
    Optional<String> creatorOf(AgentKey key);

    /** By id, descending: newest first. */
    Page<Agent> page(OrganizationId organization, AgentQuery query);

    /** Replaces the profile and {@code updatedAt} of an agent that was found for change. */
    void update(Agent agent);

    /**
     * Takes the agent away with all that is its own, in bounded time however much that is: from the commit on, nothing of
     * it is found and nothing can be added to it; the rows themselves go later, by {@link RemovedAgents}. Waits for
     * appends under way.
     *
     * @return false if there was none
     */
    boolean remove(AgentKey key);
}
