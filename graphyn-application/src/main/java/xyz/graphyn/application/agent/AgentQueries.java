package xyz.graphyn.application.agent;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;

/** Looking at agents. Who may know no more than that an agent exists gets it without its content. */
public final class AgentQueries {
    private final AgentStore agents;

    public AgentQueries(AgentStore agents) {
        this.agents = agents;
    }

    /** @throws Refusal.NotFound if there is no such agent, or none that the caller may see */
    public Agent get(Caller caller, AgentId id) {
        return agents.find(caller.key(id))
                .filter(agent -> held(caller, agent).covers(AgentPermission.EXISTENCE))
                .map(agent -> asSeenBy(caller, agent))
                .orElseThrow(AgentGate::unknown);
    }

    /** The agents of the caller's organization, newest first. */
    public Page<Agent> list(Caller caller, AgentQuery query) {
        Page<Agent> page = agents.page(caller.organization(), query);
        return new Page<>(
                page.items().stream().map(agent -> asSeenBy(caller, agent)).toList(), page.more());
    }

    private static Agent asSeenBy(Caller caller, Agent agent) {
        return held(caller, agent).covers(AgentPermission.READ) ? agent : agent.withoutContent();
    }

    private static AgentPermission held(Caller caller, Agent agent) {
        return AccessPolicy.onAgent(caller.principal(), agent.createdBy());
    }
}
