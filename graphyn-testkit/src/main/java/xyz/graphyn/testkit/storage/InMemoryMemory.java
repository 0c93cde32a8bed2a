package xyz.graphyn.testkit.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import xyz.graphyn.application.append.MemoryLinks.Similar;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;

/** What belongs to an agent's nodes beside themselves. Not for several threads: see {@link InMemoryDatabase.Tables}. */
final class InMemoryMemory {
    final Map<NodeId, Long> versions = new HashMap<>();
    final Map<Long, NodeId> removed = new TreeMap<>();
    final Map<NodeId, Embedding> embeddings = new HashMap<>();
    final Map<Long, SetAside> setAside = new TreeMap<>();
    final Map<EdgeId, Edge> edges = new TreeMap<>();
    final Map<NodeId, List<NodeKey>> keys = new TreeMap<>();
    final Map<NodeId, List<Similar>> similar = new TreeMap<>();
    long version;
    long processedSeq;
    long linkedVersion;

    InMemoryMemory() {}

    InMemoryMemory(InMemoryMemory other) {
        versions.putAll(other.versions);
        removed.putAll(other.removed);
        embeddings.putAll(other.embeddings);
        setAside.putAll(other.setAside);
        edges.putAll(other.edges);
        keys.putAll(other.keys);
        similar.putAll(other.similar);
        version = other.version;
        linkedVersion = other.linkedVersion;
        processedSeq = other.processedSeq;
    }

    void changed(NodeId node) {
        versions.put(node, ++version);
    }

    /** Takes note of a node that was there before, and its embedding if that is of another text now. */
    void changed(Node before, Node after) {
        changed(after.id());
        if (!before.content().equals(after.content())
                || !before.findings().in("/content").equals(after.findings().in("/content"))) {
            embeddings.remove(after.id());
        }
    }

    void removed(NodeId node) {
        versions.remove(node);
        embeddings.remove(node);
        removed.put(++version, node);
    }

    /** Adds a node unless there is one of its source. */
    void addIfNew(Map<NodeId, Node> nodes, RememberedNode remembered) {
        Node node = remembered.node();
        if (node.source() != null && hasSource(nodes, node.source().event())) {
            return;
        }
        nodes.put(node.id(), node);
        changed(node.id());
        remembered.embedding().ifPresent(embedding -> embeddings.put(node.id(), embedding));
    }

    private static boolean hasSource(Map<NodeId, Node> nodes, EventId event) {
        return nodes.values().stream()
                .anyMatch(node -> node.source() != null && node.source().event().equals(event));
    }

    boolean hasEmbedding(NodeId node, String model) {
        Embedding embedding = embeddings.get(node);
        return embedding != null && embedding.model().equals(model);
    }
}
