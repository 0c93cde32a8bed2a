package xyz.graphyn.application.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Invalid;

/**
 * Adds to, changes and removes from an agent's memory. What is answered is durable. Every method throws a {@link Refusal} if
 * the caller may not write to the agent.
 */
public final class ManageNodes {
    private final AgentGate gate;
    private final Appender appender;
    private final NodeStore nodes;
    private final AuditEntries entries;
    private final IdGenerator ids;
    private final InstantSource clock;

    public ManageNodes(
            AgentGate gate,
            Appender appender,
            NodeStore nodes,
            AuditEntries entries,
            IdGenerator ids,
            InstantSource clock) {
        this.gate = gate;
        this.appender = appender;
        this.nodes = nodes;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param created false if the agent had a node of this {@code externalId} already, which then is the answer */
    public record One(Node node, boolean created) {}

    public One add(Caller caller, AgentId agent, NodeDraft draft) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        NodeBatch batch = batch(caller, key, List.of(draft));
        AddedNode added = appender.addNodes(batch).getFirst();
        if (added.created()) {
            return new One(batch.nodes().getFirst(), true);
        }
        return nodes.find(key, added.id()).map(first -> new One(first, false)).orElseThrow(ManageNodes::unknown);
    }

    /**
     * Adds all or nothing.
     *
     * @return one for each draft, in their order
     * @throws Invalid if there are none, or more than {@value NodeDraft#MAX_BATCH}
     */
    public List<AddedNode> addAll(Caller caller, AgentId agent, List<NodeDraft> drafts) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (drafts.isEmpty()) {
            throw new Invalid("/nodes", "empty", "must hold at least one node");
        }
        if (drafts.size() > NodeDraft.MAX_BATCH) {
            throw new Invalid("/nodes", "too-many", "must hold at most " + NodeDraft.MAX_BATCH + " nodes");
        }
        return appender.addNodes(batch(caller, key, drafts));
    }

    /**
     * Changes a node. A change that changes nothing leaves {@code updatedAt} and writes no audit entry.
     *
     * @param edit makes the new draft from the present one; what it throws passes, and nothing is changed
     * @throws Refusal.NotFound also if the agent has no such node
     * @throws Invalid if the {@code externalId} differs
     */
    public Node change(Caller caller, AgentId agent, NodeId id, UnaryOperator<NodeDraft> edit) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        Instant now = clock.instant();
        UnaryOperator<Node> change = node -> {
            NodeDraft draft = edit.apply(node.draft());
            return draft.equals(node.draft()) ? node : node.changedTo(draft, now, Findings.UNSCANNED);
        };
        AuditEntry audit = entries.onNode(caller, AuditAction.NODE_CHANGED, agent, id);
        return appender.changeNode(new NodeChange(key, id, change, audit)).orElseThrow(ManageNodes::unknown);
    }

    /** @throws Refusal.NotFound also if the agent has no such node */
    public void remove(Caller caller, AgentId agent, NodeId id) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (!appender.removeNode(key, id, entries.onNode(caller, AuditAction.NODE_REMOVED, agent, id))) {
            throw unknown();
        }
    }

    private NodeBatch batch(Caller caller, AgentKey key, List<NodeDraft> drafts) {
        Instant now = clock.instant();
        List<Node> first = drafts.stream()
                .map(draft -> Node.first(new NodeId(ids.next()), key.agent(), draft, now, Findings.UNSCANNED))
                .toList();
        return new NodeBatch(key, first, outcome -> audit(caller, key.agent(), outcome));
    }

    private AuditEntry audit(Caller caller, AgentId agent, List<AddedNode> outcome) {
        long created = outcome.stream().filter(AddedNode::created).count();
        return entries.onAgent(caller, AuditAction.NODES_ADDED, agent, Map.of("count", Long.toString(created)));
    }

    static Refusal.NotFound unknown() {
        return new Refusal.NotFound("node");
    }
}
