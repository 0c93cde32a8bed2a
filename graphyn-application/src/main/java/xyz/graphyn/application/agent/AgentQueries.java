package xyz.graphyn.application.agent;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;

/** Looking at agents. Who may know no more than that an agent exists gets it without its content. */
public final class AgentQueries {
    private final AgentStore agents;
    private final Disclosures disclosures;

    public AgentQueries(AgentStore agents, Disclosures disclosures) {
        this.agents = agents;
        this.disclosures = disclosures;
    }

    /** @throws Refusal.NotFound if there is no such agent, or none that the caller may see */
    public Masked<Agent> get(Caller caller, AgentId id) {
        return agents.find(caller.key(id))
                .filter(agent -> held(caller, agent).covers(AgentPermission.EXISTENCE))
                .map(agent -> disclosures.agent(caller, asSeenBy(caller, agent)))
                .orElseThrow(AgentGate::unknown);
    }

    /**
     * The agents of the caller's organization, newest first.
     *
     * @param query what it says of its reader is set here
     */
    public Masked<Page<Agent>> list(Caller caller, AgentQuery query) {
        Page<Agent> page = agents.page(caller.organization(), query.by(disclosures.provenBy(caller)));
        return disclosures.agents(
                caller,
                new Page<>(
                        page.items().stream()
                                .map(agent -> asSeenBy(caller, agent))
                                .toList(),
                        page.more()));
    }

    private static Agent asSeenBy(Caller caller, Agent agent) {
        return held(caller, agent).covers(AgentPermission.READ) ? agent : agent.withoutContent();
    }

    private static AgentPermission held(Caller caller, Agent agent) {
        return AccessPolicy.onAgent(caller.principal(), agent.createdBy());
    }
}
