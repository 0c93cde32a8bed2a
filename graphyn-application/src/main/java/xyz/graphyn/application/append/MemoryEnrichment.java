package xyz.graphyn.application.append;

import java.util.List;
import java.util.Optional;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.NodeId;

/**
 * What was made of nodes that are there already.
 *
 * @param model the present one, whose embeddings these are; empty if there is none
 * @param nodes none to ask only whether anything is left
 */
public record MemoryEnrichment(AgentKey agent, String model, List<Enriched> nodes) {
    /** @throws IllegalArgumentException if an embedding is of another model */
    public MemoryEnrichment {
        nodes = List.copyOf(nodes);
        if (nodes.stream()
                .anyMatch(node -> node.embedding()
                        .filter(made -> !made.model().equals(model))
                        .isPresent())) {
            throw new IllegalArgumentException("an embedding of another model");
        }
    }

    /**
     * @param version of the node as it was read: of one that has changed since, nothing is kept
     * @param tokens of its content
     * @param embedding empty if there is no model, or it can make none of this node
     */
    public record Enriched(NodeId node, long version, int tokens, Optional<Embedding> embedding) {}
}
