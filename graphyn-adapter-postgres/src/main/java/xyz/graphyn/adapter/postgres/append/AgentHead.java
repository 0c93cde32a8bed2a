package xyz.graphyn.adapter.postgres.append;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.EventBatch.NewEvent;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;

/**
 * How far one agent is, in a transaction that has locked its head: what it has, and what the deeds of the group add. A deed
 * whose audit entry can't be made leaves no trace here.
 */
final class AgentHead {
    private final AgentKey agent;
    private final Map<String, RecordedEvent> knownEvents = new HashMap<>();
    private final Map<String, AddedNode> knownNodes = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final Set<Long> noted = new TreeSet<>();
    private final long seqBefore;
    private long seq;
    private final MemoryHead memory;
    private long rules;

    /** @param rules the latest by which anything of the agent was searched */
    AgentHead(AgentKey agent, long seq, long rules, MemoryHead memory) {
        this.agent = agent;
        this.seq = seq;
        seqBefore = seq;
        this.rules = rules;
        this.memory = memory;
    }

    AgentKey agent() {
        return agent;
    }

    /** The {@code seq} of the agent's last event, those of the group included. */
    long seq() {
        return seq;
    }

    /** The {@code seq} of the agent's last event before the group. */
    long seqBefore() {
        return seqBefore;
    }

    MemoryHead memory() {
        return memory;
    }

    /** The latest rules by which anything of the agent was searched, what the group adds included. */
    long rules() {
        return rules;
    }

    /** Rules by which the group's rows were searched, and of which the agent's markers may not tell. */
    Set<Long> noted() {
        return noted;
    }

    private void searchedBy(Findings findings) {
        long by = findings.rules().value();
        if (by != rules) {
            noted.add(by);
        }
    }

    /** Not before the last row of the group: those of one request may have been searched by different rules. */
    void takeNote() {
        rules = noted.stream().mapToLong(Long::longValue).reduce(rules, Math::max);
    }

    boolean isAdvanced() {
        return memory.isTouched() || !events.isEmpty() || !audit.isEmpty();
    }

    List<Event> events() {
        return events;
    }

    List<AuditEntry> audit() {
        return audit;
    }

    @Nullable EventRun run() {
        return events.isEmpty() ? null : new EventRun(agent, events);
    }

    void knows(EventId event, long ofSeq, String externalId) {
        knownEvents.put(externalId, new RecordedEvent(event, ofSeq, externalId, false));
    }

    void knows(NodeId node, String externalId) {
        knownNodes.put(externalId, new AddedNode(node, externalId, false));
    }

    /** The externalId of a node that was removed is free again. */
    void forgets(@Nullable String externalId) {
        if (externalId != null) {
            knownNodes.remove(externalId);
        }
    }

    /** Gives the next numbers to what is new, in the order of the batch. */
    Outcome record(EventBatch batch) {
        Map<String, RecordedEvent> first = new HashMap<>();
        List<Event> created = new ArrayList<>();
        List<RecordedEvent> outcome = new ArrayList<>(batch.events().size());
        for (NewEvent incoming : batch.events()) {
            String externalId = incoming.draft().externalId();
            RecordedEvent known =
                    externalId == null ? null : knownEvents.getOrDefault(externalId, first.get(externalId));
            if (known != null) {
                outcome.add(known);
                continue;
            }
            Event event = event(incoming, seq + created.size() + 1, batch);
            created.add(event);
            outcome.add(new RecordedEvent(event.id(), event.seq(), externalId, true));
            if (externalId != null) {
                first.put(externalId, new RecordedEvent(event.id(), event.seq(), externalId, false));
            }
        }
        List<RecordedEvent> answer = List.copyOf(outcome);
        if (!created.isEmpty()) {
            try {
                audited(batch.audit().apply(answer));
            } catch (RuntimeException | Error why) {
                return new Outcome.Failed(why);
            }
            knownEvents.putAll(first);
            events.addAll(created);
            created.forEach(event -> searchedBy(event.findings()));
            seq += created.size();
        }
        return new Outcome.Done(answer);
    }

    Outcome add(NodeBatch batch) {
        Map<String, AddedNode> first = new HashMap<>();
        List<Node> created = new ArrayList<>();
        List<AddedNode> outcome = new ArrayList<>(batch.nodes().size());
        for (Node node : batch.nodes()) {
            String externalId = node.externalId();
            AddedNode known = externalId == null ? null : knownNodes.getOrDefault(externalId, first.get(externalId));
            if (known != null) {
                outcome.add(known);
                continue;
            }
            created.add(node);
            outcome.add(new AddedNode(node.id(), externalId, true));
            if (externalId != null) {
                first.put(externalId, new AddedNode(node.id(), externalId, false));
            }
        }
        List<AddedNode> answer = List.copyOf(outcome);
        if (!created.isEmpty()) {
            try {
                audited(batch.audit().apply(answer));
            } catch (RuntimeException | Error why) {
                return new Outcome.Failed(why);
            }
            knownNodes.putAll(first);
            for (Node node : created) {
                memory.add(node);
                searchedBy(node.findings());
            }
        }
        return new Outcome.Done(answer);
    }

    /** Moves the position of memory, if it is where the step starts. */
    Outcome remember(MemoryStep step) {
        if (memory.processedSeq() != step.after()) {
            return new Outcome.Done(false);
        }
        if (step.upTo() <= step.after() || step.upTo() > seq) {
            return new Outcome.Failed(new IllegalArgumentException("the step does not lie within the log"));
        }
        takeIn(step.nodes());
        memory.setAside(step.setAside());
        memory.processedUpTo(step.upTo());
        return new Outcome.Done(true);
    }

    /** Adds those whose source the agent has no node of yet. */
    void takeIn(List<RememberedNode> nodes) {
        for (RememberedNode node : nodes) {
            if (memory.addIfNew(node)) {
                searchedBy(node.node().findings());
            }
        }
    }

    /** Takes note of one changed node. */
    void changed(Node node, AuditEntry entry) {
        audited(entry);
        searchedBy(node.findings());
    }

    /** The same of one edge. */
    void changed(Edge edge, AuditEntry entry) {
        audited(entry);
        searchedBy(edge.findings());
    }

    void audited(AuditEntry entry) {
        // Row-level security can't tell: it lets a transaction write for every organization of its group.
        if (!entry.organization().equals(agent.organization())) {
            throw new IllegalStateException("An audit entry must be of its agent's organization.");
        }
        audit.add(entry);
    }

    private static Event event(NewEvent incoming, long seq, EventBatch batch) {
        EventDraft draft = incoming.draft();
        return new Event(
                incoming.id(),
                seq,
                batch.agent().agent(),
                draft.type(),
                draft.sessionId(),
                draft.externalId(),
                draft.payload(),
                draft.occurredAt() == null ? batch.receivedAt() : draft.occurredAt(),
                batch.receivedAt(),
                incoming.findings());
    }
}
