package xyz.graphyn.application.append;

import java.util.List;
import java.util.function.Function;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;

/**
 * Nodes to be added as a whole.
 *
 * @param nodes at least one, at most {@value NodeDraft#MAX_BATCH}, with new ids
 * @param audit makes the entry from the outcome; must be quick and without effect, since it runs in the transaction
 */
public record NodeBatch(AgentKey agent, List<Node> nodes, Function<List<AddedNode>, AuditEntry> audit) {
    public NodeBatch {
        nodes = List.copyOf(nodes);
    }
}
