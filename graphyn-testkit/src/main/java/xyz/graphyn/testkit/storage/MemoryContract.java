package xyz.graphyn.testkit.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryEnrichment.Enriched;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryLinks.Linked;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.memory.MemoryBacklog.Incomplete;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Embedding.Passage;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeSource;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.domain.memory.Span;
import xyz.graphyn.testkit.Samples;

/** What the contracts of memory share. */
public interface MemoryContract extends StorageContract {
    String MODEL = "small-1";

    /** Records so many events. */
    default List<RecordedEvent> recordSome(AgentKey agent, int count) {
        EventDraft[] drafts = new EventDraft[count];
        for (int i = 0; i < count; i++) {
            drafts[i] = Samples.event(null);
        }
        return record(agent, drafts);
    }

    static Embedding embedding(String model, String content) {
        int half = content.length() / 2;
        return new Embedding(
                model,
                half == 0
                        ? List.of(new Passage(new Span(0, content.length()), new byte[] {1, 2}))
                        : List.of(
                                new Passage(new Span(0, half), new byte[] {1, (byte) content.length()}),
                                new Passage(new Span(half, content.length()), new byte[] {-1, 0})));
    }

    /** A node that an event was made into. */
    default RememberedNode made(AgentKey agent, EventId event, String content, Optional<Embedding> embedding) {
        NodeDraft draft = new NodeDraft("message", content, List.of(), Json.EMPTY, NOW, "s", null);
        return new RememberedNode(
                Node.from(
                        new NodeSource(event, "x-" + event),
                        new NodeId(IDS.next()),
                        agent.agent(),
                        draft,
                        content.length(),
                        NOW,
                        Findings.UNSCANNED),
                embedding);
    }

    /** A step over these events, each of which becomes a node. */
    default MemoryStep step(AgentKey agent, List<RecordedEvent> events, Optional<String> model) {
        List<RememberedNode> nodes = new ArrayList<>();
        for (RecordedEvent event : events) {
            String content = "said " + event.seq();
            nodes.add(made(agent, event.id(), content, model.map(name -> embedding(name, content))));
        }
        return new MemoryStep(
                agent, events.getFirst().seq() - 1, events.getLast().seq(), nodes, List.of());
    }

    default boolean remember(AgentKey agent, List<RecordedEvent> events, Optional<String> model) {
        return storage().appender().remember(step(agent, events, model));
    }

    default SetAside aside(RecordedEvent event, String error) {
        return new SetAside(event.id(), event.seq(), error, 1, NOW);
    }

    /** Goes past these events. */
    default void setAside(AgentKey agent, List<RecordedEvent> events) {
        storage()
                .appender()
                .remember(new MemoryStep(
                        agent,
                        events.getFirst().seq() - 1,
                        events.getLast().seq(),
                        List.of(),
                        events.stream().map(event -> aside(event, "unreadable")).toList()));
    }

    default void enrich(AgentKey agent, String model, List<Incomplete> nodes) {
        storage()
                .appender()
                .enrich(new MemoryEnrichment(
                        agent,
                        model,
                        nodes.stream()
                                .map(one -> new Enriched(
                                        one.node().id(),
                                        one.version(),
                                        one.node().content().length(),
                                        Optional.of(embedding(model, one.node().content()))))
                                .toList()));
    }

    /** Links what has changed, with nothing in common. */
    default void linkAll(AgentKey agent) {
        linkAll(agent, List.of());
    }

    /** Links what has changed. */
    default void linkAll(AgentKey agent, List<Linked> linked) {
        storage()
                .appender()
                .link(new MemoryLinks(
                        agent,
                        storage().links().linkedVersion(agent),
                        storage().memoryChanges().version(agent).orElseThrow(),
                        linked,
                        () -> new EdgeId(IDS.next()),
                        NOW));
    }

    default boolean removeNode(AgentKey agent, NodeId node) {
        return storage().appender().removeNode(agent, node, audit(agent, AuditAction.NODE_REMOVED, Map.of()));
    }
}
