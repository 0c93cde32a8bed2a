package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import java.util.Optional;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryRetry;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;

/**
 * What one call wants done.
 *
 * @param <T> what it is answered
 */
@SuppressWarnings("unused") // The type of the answer is for who waits for it.
sealed interface Deed<T> {
    /** What the columns of one row weigh beside its text. */
    int ROW = 200;

    /** What a finding weighs, written down. */
    int FINDING = 6;

    AgentKey agent();

    /** How many rows of events, nodes or edges it brings, from 1. */
    int rows();

    /** About as many characters as it brings. */
    long size();

    record RecordEvents(EventBatch batch) implements Deed<List<RecordedEvent>> {
        @Override
        public AgentKey agent() {
            return batch.agent();
        }

        @Override
        public int rows() {
            return batch.events().size();
        }

        @Override
        public long size() {
            return batch.events().stream()
                    .mapToLong(event -> ROW
                            + event.draft().payload().text().length()
                            + (long) FINDING * event.findings().count())
                    .sum();
        }
    }

    record AddNodes(NodeBatch batch) implements Deed<List<AddedNode>> {
        @Override
        public AgentKey agent() {
            return batch.agent();
        }

        @Override
        public int rows() {
            return batch.nodes().size();
        }

        @Override
        public long size() {
            return batch.nodes().stream()
                    .mapToLong(node -> ROW
                            + node.content().length()
                            + node.properties().text().length()
                            + (long) FINDING * node.findings().count())
                    .sum();
        }
    }

    record ChangeNode(NodeChange change) implements Deed<Optional<Node>> {
        @Override
        public AgentKey agent() {
            return change.agent();
        }

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long size() {
            return ROW;
        }
    }

    record RemoveNode(AgentKey agent, NodeId node, AuditEntry audit) implements Deed<Boolean> {
        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long size() {
            return ROW;
        }
    }

    record AddEdge(NewEdge told) implements Deed<AddedEdge> {
        @Override
        public AgentKey agent() {
            return told.agent();
        }

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long size() {
            return (long) ROW + told.edge().properties().text().length();
        }
    }

    record ChangeEdge(EdgeChange change) implements Deed<Optional<Edge>> {
        @Override
        public AgentKey agent() {
            return change.agent();
        }

        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long size() {
            return ROW;
        }
    }

    record RemoveEdge(AgentKey agent, EdgeId edge, AuditEntry audit) implements Deed<Boolean> {
        @Override
        public int rows() {
            return 1;
        }

        @Override
        public long size() {
            return ROW;
        }
    }

    record Remember(MemoryStep step) implements Deed<Boolean> {
        @Override
        public AgentKey agent() {
            return step.agent();
        }

        @Override
        public int rows() {
            return 1 + step.nodes().size() + step.setAside().size();
        }

        @Override
        public long size() {
            return sizeOf(step.nodes()) + (long) ROW * (1 + step.setAside().size());
        }
    }

    record Retry(MemoryRetry retry) implements Deed<Boolean> {
        @Override
        public AgentKey agent() {
            return retry.agent();
        }

        @Override
        public int rows() {
            return 1 + retry.tried().size();
        }

        @Override
        public long size() {
            return sizeOf(retry.nodes()) + (long) ROW * (1 + retry.tried().size());
        }
    }

    record Enrich(MemoryEnrichment enrichment) implements Deed<Boolean> {
        @Override
        public AgentKey agent() {
            return enrichment.agent();
        }

        @Override
        public int rows() {
            return 1 + enrichment.nodes().size();
        }

        @Override
        public long size() {
            return enrichment.nodes().stream()
                    .mapToLong(node -> ROW + node.embedding().map(Deed::sizeOf).orElse(0L))
                    .sum();
        }
    }

    record Link(MemoryLinks links) implements Deed<Boolean> {
        @Override
        public AgentKey agent() {
            return links.agent();
        }

        @Override
        public int rows() {
            return 1 + links.nodes().size();
        }

        @Override
        public long size() {
            return (long) ROW
                    * (1
                            + links.nodes().stream()
                                    .mapToLong(node -> 1L
                                            + node.keys().size()
                                            + node.similar().size())
                                    .sum());
        }
    }

    private static long sizeOf(List<RememberedNode> nodes) {
        return nodes.stream()
                .mapToLong(remembered -> ROW
                        + remembered.node().content().length()
                        + remembered.node().properties().text().length()
                        + (long) FINDING * remembered.node().findings().count()
                        + remembered.embedding().map(Deed::sizeOf).orElse(0L))
                .sum();
    }

    private static long sizeOf(Embedding embedding) {
        return embedding.passages().stream()
                .mapToLong(passage -> passage.vector().length + 2L * Integer.BYTES)
                .sum();
    }

    /** What became of a deed in the transaction of its group. */
    sealed interface Outcome {
        /** @param answer of the deed's own type */
        record Done(Object answer) implements Outcome {}

        /** Nothing of the deed was written; that of its neighbours is not touched by it. */
        record Failed(Throwable why) implements Outcome {}
    }
}
