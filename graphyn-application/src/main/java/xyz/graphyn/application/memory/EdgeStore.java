package xyz.graphyn.application.memory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

/**
 * Where edges are read; they are written by the {@link xyz.graphyn.application.append.Appender} only. A change that was
 * answered is seen by every later call.
 */
public interface EdgeStore {
    /** As many edges as {@link #around} answers at most. */
    int MAX_AROUND = 1_000;

    /** As many nodes as it may be asked for at once. */
    int MAX_NODES = 200;

    /** As many edges as it looks at, whatever hubs are among the nodes. */
    int MAX_CONSIDERED = 20_000;

    Optional<Edge> find(AgentKey agent, EdgeId id);

    /** By id, descending: newest first. Costs no more the deeper the page lies. */
    Page<Edge> page(AgentKey agent, EdgeQuery query);

    /**
     * The edges that these nodes have, those between them included. Of what there is to look at, each node has an equal share,
     * for edges in either direction: of a node with more edges than that, the older are passed over.
     *
     * @param nodes at most {@value #MAX_NODES}
     */
    Around around(AgentKey agent, Collection<NodeId> nodes, AroundQuery query);

    /**
     * @param edges each once, newest first, at most {@value #MAX_AROUND}
     * @param more whether there are others, or may be
     */
    record Around(List<Edge> edges, boolean more) {
        public Around {
            edges = List.copyOf(edges);
        }
    }

    /** How many edges of each of so many nodes, in each direction, {@link #around} looks at. */
    static int share(int nodes) {
        return MAX_CONSIDERED / (2 * Math.max(1, nodes));
    }
}
