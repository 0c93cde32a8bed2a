package xyz.graphyn.application.append;

import java.time.Instant;
import java.util.List;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.NodeId;

/**
 * Embeddings of nodes that are there already.
 *
 * @param nodes each as it was when it was read: of one that has changed since, nothing is kept
 */
public record MemoryEnrichment(AgentKey agent, List<Enriched> nodes) {
    public MemoryEnrichment {
        nodes = List.copyOf(nodes);
    }

    /** @param updatedAt of the node that was embedded */
    public record Enriched(NodeId node, Instant updatedAt, Embedding embedding) {}
}
