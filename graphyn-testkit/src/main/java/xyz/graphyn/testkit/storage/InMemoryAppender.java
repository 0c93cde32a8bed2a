package xyz.graphyn.testkit.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.EventBatch.NewEvent;
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
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

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
                tell(new EventRun(batch.agent(), created));
            }
            return outcome;
        } finally {
            recording.unlock();
        }
    }

    private void tell(EventRun run) {
        try {
            listener.recorded(run);
        } catch (RuntimeException | Error failure) {
            logger.error("Events that were committed could not be told of", failure);
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
        return database.writeAlone(batch.agent().organization(), tables -> {
            Map<NodeId, Node> memory = existing(tables.nodes, batch.agent());
            List<AddedNode> outcome = new ArrayList<>();
            for (Node node : batch.nodes()) {
                outcome.add(add(memory, node));
            }
            if (outcome.stream().anyMatch(AddedNode::created)) {
                tables.audit.add(batch.audit().apply(outcome));
            }
            return outcome;
        });
    }

    @Override
    public Optional<Node> changeNode(NodeChange change) {
        return database.writeAlone(change.agent().organization(), tables -> {
            Map<NodeId, Node> memory = existing(tables.nodes, change.agent());
            Node node = memory.get(change.node());
            if (node == null) {
                return Optional.empty();
            }
            Node changed = change.edit().apply(node);
            if (!changed.equals(node)) {
                memory.put(node.id(), changed);
                tables.audit.add(change.audit());
            }
            return Optional.of(changed);
        });
    }

    @Override
    public boolean removeNode(AgentKey agent, NodeId node, AuditEntry audit) {
        return database.writeAlone(agent.organization(), tables -> {
            if (existing(tables.nodes, agent).remove(node) == null) {
                return false;
            }
            tables.audit.add(audit);
            return true;
        });
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

    private static AddedNode add(Map<NodeId, Node> memory, Node node) {
        String externalId = node.externalId();
        Optional<Node> known = externalId == null
                ? Optional.empty()
                : memory.values().stream()
                        .filter(other -> externalId.equals(other.externalId()))
                        .findFirst();
        return known.map(other -> new AddedNode(other.id(), externalId, false)).orElseGet(() -> {
            memory.put(node.id(), node);
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
