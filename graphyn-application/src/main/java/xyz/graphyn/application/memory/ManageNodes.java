package xyz.graphyn.application.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Disclosures.Written;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.Supersession;
import xyz.graphyn.domain.validation.Invalid;

/**
 * Adds to, changes and removes from an agent's memory. What is answered is durable. Every method throws a {@link Refusal} if
 * the caller may not write to the agent.
 */
public final class ManageNodes {
    private final AgentGate gate;
    private final Appender appender;
    private final NodeStore nodes;
    private final SensitiveData data;
    private final Disclosures disclosures;
    private final AuditEntries entries;
    private final TokenCounter tokens;
    private final IdGenerator ids;
    private final InstantSource clock;

    public ManageNodes(
            AgentGate gate,
            Appender appender,
            NodeStore nodes,
            SensitiveData data,
            Disclosures disclosures,
            AuditEntries entries,
            TokenCounter tokens,
            IdGenerator ids,
            InstantSource clock) {
        this.gate = gate;
        this.appender = appender;
        this.nodes = nodes;
        this.data = data;
        this.disclosures = disclosures;
        this.entries = entries;
        this.tokens = tokens;
        this.ids = ids;
        this.clock = clock;
    }

    /** What somebody tells of the node that holds in the place of another. */
    public sealed interface Successor {
        /** Nothing. */
        record Untold() implements Successor {}

        /** This one does, whatever memory has found. */
        record By(NodeId newer) implements Successor {}

        /** None does: what was said of it is taken back, and memory does not find it again. */
        record None() implements Successor {}
    }

    /** @param created false if the agent had a node of this {@code externalId} already, which then is the answer */
    public record One(Masked<Node> node, boolean created) {}

    public One add(Caller caller, AgentId agent, NodeDraft draft) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        Findings findings = data.in(caller.organization(), draft);
        Written<Node> written = disclosures.writtenNode(caller, findings);
        NodeBatch batch = batch(caller, key, List.of(draft), List.of(findings), written.details());
        AddedNode added = appender.addNodes(batch).getFirst();
        if (added.created()) {
            return new One(written.show(batch.nodes().getFirst()), true);
        }
        return nodes.find(key, added.id())
                .map(first -> new One(disclosures.node(caller, first), false))
                .orElseThrow(ManageNodes::unknown);
    }

    /**
     * Adds all or nothing.
     *
     * @return one for each draft, in their order
     * @throws Invalid if there are none, or more than {@value NodeDraft#MAX_BATCH}
     */
    public Masked<List<AddedNode>> addAll(Caller caller, AgentId agent, List<NodeDraft> drafts) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (drafts.isEmpty()) {
            throw new Invalid("/nodes", "empty", "must hold at least one node");
        }
        if (drafts.size() > NodeDraft.MAX_BATCH) {
            throw new Invalid("/nodes", "too-many", "must hold at most " + NodeDraft.MAX_BATCH + " nodes");
        }
        List<Findings> findings = data.inNodeDrafts(caller.organization(), drafts);
        List<AddedNode> added = appender.addNodes(batch(caller, key, drafts, findings, Map.of()));
        return disclosures.added(caller, agent, added, findings);
    }

    /** Changes a node, and tells nothing of what holds in its place. */
    public Masked<Node> change(Caller caller, AgentId agent, NodeId id, UnaryOperator<NodeDraft> edit) {
        return change(caller, agent, id, edit, new Successor.Untold());
    }

    /**
     * Changes a node. A change that changes nothing leaves {@code updatedAt} and writes no audit entry.
     *
     * @param edit makes the new draft from the present one; what it throws passes, and nothing is changed
     * @param successor what is told of the node that holds in its place
     * @throws Refusal.NotFound also if the agent has no such node
     * @throws Invalid if the {@code externalId} differs, or the other node can't hold in its place: see {@link
     *     Appender#changeNode}
     */
    public Masked<Node> change(
            Caller caller, AgentId agent, NodeId id, UnaryOperator<NodeDraft> edit, Successor successor) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        Instant now = clock.instant();
        // Searched before the change, in which others wait; again only if somebody else changed it in between.
        Node present = nodes.find(key, id).orElseThrow(ManageNodes::unknown);
        NodeDraft expected = edit.apply(present.draft());
        Findings findings = data.in(caller.organization(), expected, present.source());
        int counted = tokens.count(expected.content());
        Optional<Node> newer = newer(key, id, successor);
        UnaryOperator<Node> change = stored -> {
            Node node = succeeded(stored, successor, newer, now);
            NodeDraft draft = edit.apply(node.draft());
            return draft.equals(node.draft())
                    ? node
                    : node.changedTo(
                            draft,
                            draft.content().equals(expected.content()) ? counted : tokens.count(draft.content()),
                            now,
                            draft.equals(expected)
                                    ? findings
                                    : data.in(caller.organization(), draft, present.source()));
        };
        AuditEntry audit = entries.onNode(caller, AuditAction.NODE_CHANGED, agent, id, Map.of());
        return appender.changeNode(new NodeChange(key, id, change, audit))
                .map(node -> disclosures.node(caller, node))
                .orElseThrow(ManageNodes::unknown);
    }

    private Optional<Node> newer(AgentKey agent, NodeId id, Successor successor) {
        if (!(successor instanceof Successor.By(NodeId by))) {
            return Optional.empty();
        }
        if (by.equals(id)) {
            throw new Invalid("/supersededBy", "circular", "must be another node");
        }
        Optional<Node> newer = nodes.find(agent, by);
        if (newer.isEmpty()) {
            throw new Invalid("/supersededBy", "unknown-node", "must be a node of this agent");
        }
        return newer;
    }

    private static Node succeeded(Node node, Successor successor, Optional<Node> newer, Instant now) {
        return switch (successor) {
            case Successor.Untold() -> node;
            case Successor.By(NodeId by) -> {
                Supersession present = node.supersession();
                yield present != null && present.told() && by.equals(present.by())
                        ? node
                        : node.with(Supersession.told(newer.orElseThrow()), now);
            }
            case Successor.None() ->
                node.supersession() == null || Supersession.TAKEN_BACK.equals(node.supersession())
                        ? node
                        : node.with(Supersession.TAKEN_BACK, now);
        };
    }

    /** @throws Refusal.NotFound also if the agent has no such node */
    public void remove(Caller caller, AgentId agent, NodeId id) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (!appender.removeNode(key, id, entries.onNode(caller, AuditAction.NODE_REMOVED, agent, id, Map.of()))) {
            throw unknown();
        }
    }

    private NodeBatch batch(
            Caller caller, AgentKey key, List<NodeDraft> drafts, List<Findings> findings, Map<String, String> more) {
        Instant now = clock.instant();
        List<Node> first = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            NodeDraft draft = drafts.get(i);
            first.add(Node.first(
                    new NodeId(ids.next()), key.agent(), draft, tokens.count(draft.content()), now, findings.get(i)));
        }
        return new NodeBatch(key, first, outcome -> audit(caller, key.agent(), outcome, more));
    }

    private AuditEntry audit(Caller caller, AgentId agent, List<AddedNode> outcome, Map<String, String> more) {
        Map<String, String> details = new HashMap<>(more);
        details.put(
                "count",
                Long.toString(outcome.stream().filter(AddedNode::created).count()));
        return entries.onAgent(caller, AuditAction.NODES_ADDED, agent, details);
    }

    static Refusal.NotFound unknown() {
        return new Refusal.NotFound("node");
    }
}
