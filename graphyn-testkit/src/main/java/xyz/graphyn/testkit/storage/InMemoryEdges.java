package xyz.graphyn.testkit.storage;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.AddedEdge.Outcome;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Invalid;

/** What becomes of one agent's edges. Not for several threads: see {@link InMemoryDatabase.Tables}. */
record InMemoryEdges(Map<EdgeId, Edge> edges, Map<NodeId, Node> nodes, InMemoryMemory memory) {
    AddedEdge add(Edge edge) {
        requireNode("/from", edge.from());
        requireNode("/to", edge.to());
        Optional<Edge> known = edges.values().stream().filter(edge::isSameFact).findFirst();
        if (known.isEmpty()) {
            put(edge);
            return new AddedEdge(edge, Outcome.CREATED);
        }
        if (known.get().derived() && !edge.derived()) {
            Edge told = known.get().asTold();
            put(told);
            return new AddedEdge(told, Outcome.CONFIRMED);
        }
        return new AddedEdge(known.get(), Outcome.KNOWN);
    }

    private void requireNode(String pointer, NodeId node) {
        if (!nodes.containsKey(node)) {
            throw new Invalid(pointer, "unknown-node", "must be a node of this agent");
        }
    }

    private void put(Edge edge) {
        edges.put(edge.id(), edge);
        memory.version++;
    }

    /** @param changed is given the edge as it is now, if it is another */
    Optional<Edge> change(EdgeChange change, Consumer<Edge> changed) {
        Edge present = edges.get(change.edge());
        if (present == null) {
            return Optional.empty();
        }
        Edge future = change.edit().apply(present);
        if (!future.equals(present)) {
            if (edges.values().stream()
                    .anyMatch(other -> !other.id().equals(future.id()) && other.isSameFact(future))) {
                throw new Refusal.Conflict("The agent has another edge of the same nodes, relation and validFrom.");
            }
            put(future);
            changed.accept(future);
        }
        return Optional.of(future);
    }

    boolean remove(EdgeId edge) {
        if (edges.remove(edge) == null) {
            return false;
        }
        memory.version++;
        return true;
    }

    /** The edges of a node that is being removed go along. */
    void removeNode(NodeId node) {
        edges.values().removeIf(edge -> edge.from().equals(node) || edge.to().equals(node));
    }
}
