package xyz.graphyn.application.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.masking.EdgeDisclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.Neighbourhood.Neighbour;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** Looking at the graph of an agent's memory. Every method throws a {@link Refusal} if the caller may not read the agent. */
public final class EdgeQueries {
    /** How far {@link #neighbours} goes at most: further out, everything is near everything. */
    public static final int MAX_DEPTH = 3;

    private final AgentGate gate;
    private final EdgeStore edges;
    private final NodeStore nodes;
    private final EdgeDisclosures disclosures;

    public EdgeQueries(AgentGate gate, EdgeStore edges, NodeStore nodes, EdgeDisclosures disclosures) {
        this.gate = gate;
        this.edges = edges;
        this.nodes = nodes;
        this.disclosures = disclosures;
    }

    /** @throws Refusal.NotFound also if the agent has no such edge */
    public Masked<Edge> get(Caller caller, AgentId agent, EdgeId id) {
        return edges.find(gate.require(caller, agent, AgentPermission.READ), id)
                .map(edge -> disclosures.edge(caller, edge))
                .orElseThrow(ManageEdges::unknown);
    }

    /** @param query what it says of its reader is set here */
    public Masked<Page<Edge>> list(Caller caller, AgentId agent, EdgeQuery query) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        return disclosures.edges(caller, agent, edges.page(key, query.by(disclosures.provenBy(caller))));
    }

    /**
     * The graph around a node, breadth first. Nodes that others have taken the place of are part of it.
     *
     * @param depth 1 to {@value #MAX_DEPTH}
     * @param query what it says of its reader is set here
     * @param limit how many nodes at most, 1 to {@value Page#MAX_LIMIT}
     * @throws Refusal.NotFound also if the agent has no such node
     */
    public Masked<Neighbourhood> neighbours(
            Caller caller, AgentId agent, NodeId start, int depth, AroundQuery query, int limit) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        GraphWalk walk = new GraphWalk(edges, key, start, query.by(disclosures.provenBy(caller)), limit).to(depth);
        Map<NodeId, Node> found = new HashMap<>();
        nodes.findAll(key, List.copyOf(walk.depths().keySet())).forEach(node -> found.put(node.id(), node));
        // Also where one was removed meanwhile, which is not told from one that was too much to read.
        boolean truncated = walk.isTruncated() || found.size() < walk.depths().size();
        if (found.remove(start) == null) {
            throw ManageNodes.unknown();
        }
        // What was removed since its edge was read is left out, and so are its edges.
        List<Node> around = walk.depths().keySet().stream()
                .flatMap(id -> Optional.ofNullable(found.get(id)).stream())
                .toList();
        List<Edge> between = walk.walked().stream()
                .filter(edge ->
                        Stream.of(edge.from(), edge.to()).allMatch(end -> end.equals(start) || found.containsKey(end)))
                .toList();
        return disclosures.around(
                caller,
                agent,
                start,
                around,
                between,
                (seen, seenEdges) -> new Neighbourhood(
                        seen.stream()
                                .map(node -> new Neighbour(node, walk.depth(node.id())))
                                .toList(),
                        seenEdges,
                        truncated));
    }
}
