package xyz.graphyn.application.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import xyz.graphyn.application.memory.EdgeStore.Around;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

/**
 * Goes from a node along its edges, level by level: each level is one question to the store. Each node is come to once,
 * however many ways and circles lead there.
 */
final class GraphWalk {
    private final EdgeStore store;
    private final AgentKey agent;
    private final AroundQuery query;
    private final int limit;
    private final Map<NodeId, Integer> depths = new LinkedHashMap<>();
    private final Map<EdgeId, Edge> walked = new LinkedHashMap<>();
    private boolean truncated;

    /** @param limit how many nodes at most, the first not counted */
    GraphWalk(EdgeStore store, AgentKey agent, NodeId start, AroundQuery query, int limit) {
        this.store = store;
        this.agent = agent;
        this.query = query;
        this.limit = limit;
        depths.put(start, 0);
    }

    /** Goes on until there is nothing more within that depth. */
    GraphWalk to(int depth) {
        List<NodeId> level = List.copyOf(depths.keySet());
        for (int next = 1; next <= depth && !level.isEmpty(); next++) {
            level = step(level, next);
        }
        return this;
    }

    private List<NodeId> step(List<NodeId> level, int depth) {
        Around around = store.around(agent, level, query);
        truncated |= around.more();
        Set<NodeId> from = Set.copyOf(level);
        List<NodeId> reached = new ArrayList<>();
        for (Edge edge : around.edges()) {
            if (walked.containsKey(edge.id())) {
                continue;
            }
            NodeId end = from.contains(edge.from()) ? edge.to() : edge.from();
            boolean known = depths.containsKey(end);
            if (walked.size() == EdgeStore.MAX_AROUND || (!known && depths.size() > limit)) {
                truncated = true;
                continue;
            }
            walked.put(edge.id(), edge);
            if (!known) {
                depths.put(end, depth);
                reached.add(end);
            }
        }
        return reached;
    }

    /** How many edges lead to each node, at least, in the order in which they were come to; the first node included. */
    Map<NodeId, Integer> depths() {
        return depths;
    }

    /** @throws IllegalArgumentException if it was not come to */
    int depth(NodeId node) {
        Integer depth = depths.get(node);
        if (depth == null) {
            throw new IllegalArgumentException("not come to");
        }
        return depth;
    }

    /** In the order in which they were walked. */
    Collection<Edge> walked() {
        return walked.values();
    }

    /** Whether a limit was met. */
    boolean isTruncated() {
        return truncated;
    }
}
