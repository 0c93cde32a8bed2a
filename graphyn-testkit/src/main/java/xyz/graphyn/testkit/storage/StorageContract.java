package xyz.graphyn.testkit.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.EventBatch.NewEvent;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.domain.access.Actor;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;

/**
 * What the contracts of one storage share. Every test makes organizations of its own, so that all of them may run on one
 * database, in any order.
 */
public interface StorageContract {
    SequentialIds IDS = new SequentialIds();
    Instant NOW = Instant.parse("2026-05-04T10:00:00.123456Z");

    /** The storage under test; the same one throughout a test. */
    Storage storage();

    default OrganizationId newOrganization() {
        return storage()
                .organizations()
                .resolve(new ExternalOrganization(
                        "https://issuer.example",
                        ExternalOrganization.Kind.ORGANIZATION,
                        IDS.next().toString()));
    }

    default Agent newAgent(OrganizationId organization, AgentProfile profile) {
        Agent agent = new Agent(new AgentId(IDS.next()), organization, profile, "ada", NOW, NOW, Findings.UNSCANNED);
        storage().agents().insert(agent);
        return agent;
    }

    /** An agent in an organization of its own. */
    default AgentKey newAgent() {
        return newAgent(newOrganization(), Samples.profile("Ada's agent")).key();
    }

    default AuditEntry audit(AgentKey agent, AuditAction action, Map<String, String> details) {
        UUID id = agent.agent().value();
        return new AuditEntry(
                IDS.next(),
                agent.organization(),
                NOW,
                new Actor("ada", "grace"),
                action,
                new AuditEntry.Target(AuditEntry.Target.Kind.AGENT, id, id),
                "request-1",
                details);
    }

    default EventBatch batch(AgentKey agent, EventDraft... drafts) {
        return batch(agent, Findings.UNSCANNED, drafts);
    }

    default EventBatch batch(AgentKey agent, Findings findings, EventDraft... drafts) {
        return new EventBatch(
                agent,
                Stream.of(drafts)
                        .map(draft -> new NewEvent(new EventId(IDS.next()), draft, findings))
                        .toList(),
                NOW,
                outcome -> audit(
                        agent,
                        AuditAction.EVENTS_RECORDED,
                        Map.of(
                                "count",
                                Long.toString(outcome.stream()
                                        .filter(RecordedEvent::created)
                                        .count()))));
    }

    default List<RecordedEvent> record(AgentKey agent, EventDraft... drafts) {
        return record(agent, Findings.UNSCANNED, drafts);
    }

    default List<RecordedEvent> record(AgentKey agent, Findings findings, EventDraft... drafts) {
        return storage().appender().recordEvents(batch(agent, findings, drafts));
    }

    default NodeBatch nodes(AgentKey agent, NodeDraft... drafts) {
        return nodes(agent, Findings.UNSCANNED, drafts);
    }

    default NodeBatch nodes(AgentKey agent, Findings findings, NodeDraft... drafts) {
        return new NodeBatch(
                agent,
                Stream.of(drafts)
                        .map(draft ->
                                Node.first(new NodeId(IDS.next()), agent.agent(), draft, tokens(draft), NOW, findings))
                        .toList(),
                outcome -> audit(agent, AuditAction.NODES_ADDED, Map.of()));
    }

    /** Which no tokenizer counts, but tells contents of different lengths apart. */
    static int tokens(NodeDraft draft) {
        return draft.content().length();
    }

    /** Adds one node, and gives it as it should now be stored. */
    default Node add(AgentKey agent, NodeDraft draft) {
        return add(agent, Findings.UNSCANNED, draft);
    }

    default Node add(AgentKey agent, Findings findings, NodeDraft draft) {
        NodeBatch batch = nodes(agent, findings, draft);
        storage().appender().addNodes(batch);
        return batch.nodes().getFirst();
    }

    default NewEdge edge(AgentKey agent, Findings findings, EdgeDraft draft) {
        return new NewEdge(
                agent,
                Edge.told(new EdgeId(IDS.next()), agent.agent(), draft, NOW, findings),
                outcome -> audit(
                        agent,
                        outcome.outcome() == AddedEdge.Outcome.CREATED
                                ? AuditAction.EDGES_ADDED
                                : AuditAction.EDGE_CHANGED,
                        Map.of()));
    }

    /** Adds one edge, and gives it as it is stored. */
    default Edge tell(AgentKey agent, Findings findings, EdgeDraft draft) {
        return storage().appender().addEdge(edge(agent, findings, draft)).edge();
    }

    default List<AuditAction> auditedActions(OrganizationId organization) {
        return storage().auditReader().entries(organization).stream()
                .map(AuditEntry::action)
                .toList();
    }
}
