package xyz.graphyn.application.append;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;

/**
 * What a stretch of memory's changes has in common with the rest of it.
 *
 * @param after the version of memory that this starts from
 * @param upTo the version behind it, not below {@code after}
 * @param nodes that changed in between; of one that has changed since, nothing is kept
 * @param ids makes ids of new edges; must be quick and without effect, since it runs in the transaction
 * @param at when the edges are found, in microseconds
 */
public record MemoryLinks(AgentKey agent, long after, long upTo, List<Linked> nodes, Supplier<EdgeId> ids, Instant at) {
    public MemoryLinks {
        nodes = List.copyOf(nodes);
    }

    /**
     * @param keys all that the node may have in common with others
     * @param similar older nodes that mean the like
     */
    public record Linked(NodeId node, List<NodeKey> keys, List<Similar> similar) {
        public Linked {
            keys = List.copyOf(keys);
            similar = List.copyOf(similar);
        }
    }

    /**
     * @param score their cosine
     * @param same whether the older one says the same in nearly the same words
     */
    public record Similar(NodeId older, double score, boolean same) {}
}
