package xyz.graphyn.application.memory;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** Looking at an agent's memory. Every method throws a {@link Refusal} if the caller may not read the agent. */
public final class NodeQueries {
    private final AgentGate gate;
    private final NodeStore nodes;
    private final Disclosures disclosures;

    public NodeQueries(AgentGate gate, NodeStore nodes, Disclosures disclosures) {
        this.gate = gate;
        this.nodes = nodes;
        this.disclosures = disclosures;
    }

    /** @throws Refusal.NotFound also if the agent has no such node */
    public Masked<Node> get(Caller caller, AgentId agent, NodeId id) {
        return nodes.find(gate.require(caller, agent, AgentPermission.READ), id)
                .map(node -> disclosures.node(caller, node))
                .orElseThrow(ManageNodes::unknown);
    }

    /** @param query what it says of its reader is set here */
    public Masked<Page<Node>> list(Caller caller, AgentId agent, NodeQuery query) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        return disclosures.nodes(caller, agent, nodes.page(key, query.by(disclosures.provenBy(caller))));
    }
}
