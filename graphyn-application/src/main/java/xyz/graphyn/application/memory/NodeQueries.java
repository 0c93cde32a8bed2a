package xyz.graphyn.application.memory;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** Looking at an agent's memory. Every method throws a {@link Refusal} if the caller may not read the agent. */
public final class NodeQueries {
    private final AgentGate gate;
    private final NodeStore nodes;

    public NodeQueries(AgentGate gate, NodeStore nodes) {
        this.gate = gate;
        this.nodes = nodes;
    }

    /** @throws Refusal.NotFound also if the agent has no such node */
    public Node get(Caller caller, AgentId agent, NodeId id) {
        return nodes.find(gate.require(caller, agent, AgentPermission.READ), id).orElseThrow(ManageNodes::unknown);
    }

    public Page<Node> list(Caller caller, AgentId agent, NodeQuery query) {
        return nodes.page(gate.require(caller, agent, AgentPermission.READ), query);
    }
}
