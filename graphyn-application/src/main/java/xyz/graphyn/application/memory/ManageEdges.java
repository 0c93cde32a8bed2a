package xyz.graphyn.application.memory;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.AddedEdge.Outcome;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.masking.Disclosures.Written;
import xyz.graphyn.application.masking.EdgeDisclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.validation.Invalid;

/**
 * Adds, changes and removes edges between an agent's nodes. What is answered is durable. Every method throws a {@link Refusal}
 * if the caller may not write to the agent.
 */
public final class ManageEdges {
    private final AgentGate gate;
    private final Appender appender;
    private final EdgeStore edges;
    private final SensitiveData data;
    private final EdgeDisclosures disclosures;
    private final AuditEntries entries;
    private final IdGenerator ids;
    private final InstantSource clock;

    public ManageEdges(
            AgentGate gate,
            Appender appender,
            EdgeStore edges,
            SensitiveData data,
            EdgeDisclosures disclosures,
            AuditEntries entries,
            IdGenerator ids,
            InstantSource clock) {
        this.gate = gate;
        this.appender = appender;
        this.edges = edges;
        this.data = data;
        this.disclosures = disclosures;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param created false if the agent had an edge of the same fact already, which then is the answer */
    public record One(Masked<Edge> edge, boolean created) {}

    /** @throws Invalid if the agent has not both nodes: {@code unknown-node}, at {@code /from} or {@code /to} */
    public One add(Caller caller, AgentId agent, EdgeDraft draft) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        Findings findings = data.in(caller.organization(), draft);
        Written<Edge> written = disclosures.written(caller, findings);
        Edge edge = Edge.told(new EdgeId(ids.next()), agent, draft, clock.instant(), findings);
        AddedEdge added =
                appender.addEdge(new NewEdge(key, edge, outcome -> audit(caller, agent, outcome, written.details())));
        return added.outcome() == Outcome.CREATED
                ? new One(written.show(added.edge()), true)
                : new One(disclosures.edge(caller, added.edge()), false);
    }

    private AuditEntry audit(Caller caller, AgentId agent, AddedEdge added, Map<String, String> more) {
        EdgeId id = added.edge().id();
        return switch (added.outcome()) {
            case CREATED -> {
                Map<String, String> details = new HashMap<>(more);
                details.put("count", "1");
                yield entries.onEdge(caller, AuditAction.EDGES_ADDED, agent, id, details);
            }
            case CONFIRMED -> entries.onEdge(caller, AuditAction.EDGE_CHANGED, agent, id, Map.of());
            case KNOWN -> throw new IllegalStateException("Nothing was changed, so there is nothing to tell.");
        };
    }

    /**
     * Changes an edge. Whoever changes one that memory has found by itself stands by it from then on, also if nothing else
     * changes. A change that changes nothing writes no audit entry.
     *
     * @param edit makes the new draft from the present one; what it throws passes, and nothing is changed
     * @throws Refusal.NotFound also if the agent has no such edge
     * @throws Refusal.Conflict if it would tell the same as another edge of the agent
     * @throws Invalid if the nodes or the relation differ
     */
    public Masked<Edge> change(Caller caller, AgentId agent, EdgeId id, UnaryOperator<EdgeDraft> edit) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        // Searched before the change, in which others wait; again only if somebody else changed it in between.
        Edge present = edges.find(key, id).orElseThrow(ManageEdges::unknown);
        EdgeDraft expected = edit.apply(present.draft());
        Findings findings = data.in(caller.organization(), expected);
        UnaryOperator<Edge> change = edge -> {
            EdgeDraft draft = edit.apply(edge.draft());
            return draft.equals(edge.draft()) && !edge.derived()
                    ? edge
                    : edge.changedTo(draft, draft.equals(expected) ? findings : data.in(caller.organization(), draft));
        };
        AuditEntry audit = entries.onEdge(caller, AuditAction.EDGE_CHANGED, agent, id, Map.of());
        return appender.changeEdge(new EdgeChange(key, id, change, audit))
                .map(edge -> disclosures.edge(caller, edge))
                .orElseThrow(ManageEdges::unknown);
    }

    /** @throws Refusal.NotFound also if the agent has no such edge */
    public void remove(Caller caller, AgentId agent, EdgeId id) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (!appender.removeEdge(key, id, entries.onEdge(caller, AuditAction.EDGE_REMOVED, agent, id, Map.of()))) {
            throw unknown();
        }
    }

    static Refusal.NotFound unknown() {
        return new Refusal.NotFound("edge");
    }
}
