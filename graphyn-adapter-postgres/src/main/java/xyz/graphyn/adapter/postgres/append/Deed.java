package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import java.util.Optional;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

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

    /** How many rows of events or nodes it brings, from 1. */
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

    /** What became of a deed in the transaction of its group. */
    sealed interface Outcome {
        /** @param answer of the deed's own type */
        record Done(Object answer) implements Outcome {}

        /** Nothing of the deed was written; that of its neighbours is not touched by it. */
        record Failed(Throwable why) implements Outcome {}
    }
}
