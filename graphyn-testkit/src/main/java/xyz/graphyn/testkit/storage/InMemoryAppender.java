package xyz.graphyn.testkit.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.EventBatch.NewEvent;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryEnrichment.Enriched;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryRetry;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.testkit.storage.InMemoryDatabase.Tables;

final class InMemoryAppender implements Appender {
    private static final Logger logger = LoggerFactory.getLogger(InMemoryAppender.class);

    private final InMemoryDatabase database;
    private final CommitListener listener;

    /** Held until the listener was told, so that it hears of events in the order in which they are committed. */
    private final ReentrantLock recording = new ReentrantLock();

    InMemoryAppender(InMemoryDatabase database, CommitListener listener) {
        this.database = database;
        this.listener = listener;
    }

    @Override
    public List<RecordedEvent> recordEvents(EventBatch batch) {
        recording.lock();
        try {
            List<Event> created = new ArrayList<>();
            List<RecordedEvent> outcome = record(batch, created);
            if (!created.isEmpty()) {
                tell(() -> listener.recorded(new EventRun(batch.agent(), created)));
            }
            return outcome;
        } finally {
            recording.unlock();
        }
    }

    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error failure) {
            logger.error("What was committed could not be told of", failure);
        }
    }

    private List<RecordedEvent> record(EventBatch batch, List<Event> created) {
        return database.writeAlone(batch.agent().organization(), tables -> {
            List<Event> log = existing(tables.events, batch.agent());
            int known = log.size();
            List<RecordedEvent> outcome = new ArrayList<>();
            for (NewEvent incoming : batch.events()) {
                outcome.add(record(log, incoming, batch));
            }
            if (outcome.stream().anyMatch(RecordedEvent::created)) {
                tables.audit.add(batch.audit().apply(outcome));
            }
            created.addAll(log.subList(known, log.size()));
            return outcome;
        });
    }

    @Override
    public List<AddedNode> addNodes(NodeBatch batch) {
        List<AddedNode> added = database.writeAlone(batch.agent().organization(), tables -> {
            Map<NodeId, Node> nodes = existing(tables.nodes, batch.agent());
            InMemoryMemory memory = existing(tables.memory, batch.agent());
            List<AddedNode> outcome = new ArrayList<>();
            for (Node node : batch.nodes()) {
                outcome.add(add(nodes, memory, node));
            }
            if (outcome.stream().anyMatch(AddedNode::created)) {
                tables.audit.add(batch.audit().apply(outcome));
            }
            return outcome;
        });
        if (added.stream().anyMatch(AddedNode::created)) {
            tell(() -> listener.leftUnembedded(batch.agent()));
        }
        return added;
    }

    @Override
    public Optional<Node> changeNode(NodeChange change) {
        boolean[] unembedded = {false};
        Optional<Node> outcome = database.writeAlone(change.agent().organization(), tables -> {
            Map<NodeId, Node> nodes = existing(tables.nodes, change.agent());
            InMemoryMemory memory = existing(tables.memory, change.agent());
            Node node = nodes.get(change.node());
            if (node == null) {
                return Optional.empty();
            }
            Node changed =
                    new InMemoryLinks(nodes, memory).checked(node, change.edit().apply(node));
            if (!changed.equals(node)) {
                nodes.put(node.id(), changed);
                memory.changed(node, changed);
                unembedded[0] = !memory.embeddings.containsKey(node.id());
                tables.audit.add(change.audit());
            }
            return Optional.of(changed);
        });
        if (unembedded[0]) {
            tell(() -> listener.leftUnembedded(change.agent()));
        }
        return outcome;
    }

    @Override
    public boolean removeNode(AgentKey agent, NodeId node, AuditEntry audit) {
        return database.writeAlone(agent.organization(), tables -> {
            Map<NodeId, Node> nodes = existing(tables.nodes, agent);
            if (nodes.remove(node) == null) {
                return false;
            }
            InMemoryMemory memory = existing(tables.memory, agent);
            new InMemoryLinks(nodes, memory).removed(node);
            edges(tables, agent).removeNode(node);
            memory.removed(node);
            tables.audit.add(audit);
            return true;
        });
    }

    @Override
    public AddedEdge addEdge(NewEdge edge) {
        return database.writeAlone(edge.agent().organization(), tables -> {
            AddedEdge added = edges(tables, edge.agent()).add(edge.edge());
            if (added.outcome() != AddedEdge.Outcome.KNOWN) {
                tables.audit.add(edge.audit().apply(added));
            }
            return added;
        });
    }

    @Override
    public Optional<Edge> changeEdge(EdgeChange change) {
        return database.writeAlone(
                change.agent().organization(),
                tables -> edges(tables, change.agent()).change(change, changed -> tables.audit.add(change.audit())));
    }

    @Override
    public boolean removeEdge(AgentKey agent, EdgeId edge, AuditEntry audit) {
        return database.writeAlone(
                agent.organization(), tables -> edges(tables, agent).remove(edge) && tables.audit.add(audit));
    }

    private static InMemoryEdges edges(Tables tables, AgentKey agent) {
        Map<NodeId, Node> nodes = existing(tables.nodes, agent);
        InMemoryMemory memory = existing(tables.memory, agent);
        return new InMemoryEdges(memory.edges, nodes, memory);
    }

    @Override
    public boolean remember(MemoryStep step) {
        boolean done = database.writeAlone(step.agent().organization(), tables -> {
            InMemoryMemory memory = existing(tables.memory, step.agent());
            if (memory.processedSeq != step.after()) {
                return false;
            }
            if (step.upTo() <= step.after()
                    || step.upTo() > existing(tables.events, step.agent()).size()) {
                throw new IllegalArgumentException("the step does not lie within the log");
            }
            Map<NodeId, Node> nodes = existing(tables.nodes, step.agent());
            step.nodes().forEach(node -> memory.addIfNew(nodes, node));
            step.setAside().forEach(event -> memory.setAside.put(event.seq(), event));
            memory.processedSeq = step.upTo();
            return true;
        });
        if (done && step.nodes().stream().anyMatch(node -> node.embedding().isEmpty())) {
            tell(() -> listener.leftUnembedded(step.agent()));
        }
        return done;
    }

    @Override
    public void retry(MemoryRetry retry) {
        database.writeAlone(retry.agent().organization(), tables -> {
            InMemoryMemory memory = existing(tables.memory, retry.agent());
            Map<NodeId, Node> nodes = existing(tables.nodes, retry.agent());
            Map<Long, SetAside> aside = new HashMap<>(memory.setAside);
            aside.keySet().retainAll(retry.tried());
            if (aside.isEmpty()) {
                return false;
            }
            for (SetAside again : retry.setAside()) {
                SetAside before = aside.remove(again.seq());
                if (before != null) {
                    memory.setAside.put(
                            again.seq(),
                            new SetAside(again.event(), again.seq(), again.error(), before.attempts() + 1, again.at()));
                }
            }
            Set<EventId> takenIn = new HashSet<>();
            aside.values().forEach(event -> takenIn.add(event.event()));
            memory.setAside.keySet().removeAll(aside.keySet());
            retry.nodes().stream()
                    .filter(node -> node.node().source() != null
                            && takenIn.contains(node.node().source().event()))
                    .forEach(node -> memory.addIfNew(nodes, node));
            tables.audit.add(retry.audit());
            return true;
        });
    }

    @Override
    public void enrich(MemoryEnrichment enrichment) {
        database.writeAlone(enrichment.agent().organization(), tables -> {
            InMemoryMemory memory = existing(tables.memory, enrichment.agent());
            for (Enriched enriched : enrichment.nodes()) {
                if (Objects.equals(memory.versions.get(enriched.node()), enriched.version())) {
                    memory.changed(enriched.node());
                    enriched.embedding().ifPresent(made -> memory.embeddings.put(enriched.node(), made));
                }
            }
            return true;
        });
    }

    @Override
    public boolean link(MemoryLinks links) {
        return database.writeAlone(
                links.agent().organization(),
                tables -> new InMemoryLinks(
                                existing(tables.nodes, links.agent()), existing(tables.memory, links.agent()))
                        .link(links));
    }

    private static RecordedEvent record(List<Event> log, NewEvent incoming, EventBatch batch) {
        String externalId = incoming.draft().externalId();
        Optional<Event> known = externalId == null
                ? Optional.empty()
                : log.stream()
                        .filter(event -> externalId.equals(event.externalId()))
                        .findFirst();
        return known.map(event -> new RecordedEvent(event.id(), event.seq(), externalId, false))
                .orElseGet(() -> {
                    Event event = event(incoming, log.size() + 1L, batch.agent().agent(), batch);
                    log.add(event);
                    return new RecordedEvent(event.id(), event.seq(), externalId, true);
                });
    }

    private static AddedNode add(Map<NodeId, Node> nodes, InMemoryMemory memory, Node node) {
        String externalId = node.externalId();
        Optional<Node> known = externalId == null
                ? Optional.empty()
                : nodes.values().stream()
                        .filter(other -> externalId.equals(other.externalId()))
                        .findFirst();
        return known.map(other -> new AddedNode(other.id(), externalId, false)).orElseGet(() -> {
            nodes.put(node.id(), node);
            memory.changed(node.id());
            return new AddedNode(node.id(), externalId, true);
        });
    }

    private static Event event(NewEvent incoming, long seq, AgentId agent, EventBatch batch) {
        EventDraft draft = incoming.draft();
        return new Event(
                incoming.id(),
                seq,
                agent,
                draft.type(),
                draft.sessionId(),
                draft.externalId(),
                draft.payload(),
                draft.occurredAt() == null ? batch.receivedAt() : draft.occurredAt(),
                batch.receivedAt(),
                incoming.findings());
    }

    private static <T> T existing(Map<AgentKey, T> table, AgentKey agent) {
        return Optional.ofNullable(table.get(agent)).orElseThrow(() -> new Refusal.NotFound("agent"));
    }
}
