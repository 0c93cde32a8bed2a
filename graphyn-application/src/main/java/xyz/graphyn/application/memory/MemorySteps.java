package xyz.graphyn.application.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryEnrichment.Enriched;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.memory.MemoryBacklog.Incomplete;
import xyz.graphyn.application.memory.MessageNodes.Taken;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;

/**
 * Brings an agent's memory forward, a step at a time. Each step is committed as a whole, and only from the position that it
 * started from, so that it may be cut off, or repeated, anywhere and by anybody.
 */
public final class MemorySteps {
    /** A transaction that stays well under a second, and what a step has in memory. */
    private static final int EVENTS = 500;

    private static final int NODES = 64;

    /** For so long nobody asks a model that is away. */
    private static final Duration AWAY = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(MemorySteps.class);

    private final MemoryBacklog backlog;
    private final EventStore events;
    private final Appender appender;
    private final MessageNodes messages;
    private final NodeEmbeddings embeddings;
    private final MemoryLinking linking;
    private final SearchableDelay delay;
    private final MemoryListener listener;
    private final InstantSource clock;
    private volatile Instant awayUntil = Instant.MIN;

    public MemorySteps(
            MemoryBacklog backlog,
            EventStore events,
            Appender appender,
            MessageNodes messages,
            NodeEmbeddings embeddings,
            MemoryLinking linking,
            SearchableDelay delay,
            MemoryListener listener,
            InstantSource clock) {
        this.backlog = backlog;
        this.events = events;
        this.appender = appender;
        this.messages = messages;
        this.embeddings = embeddings;
        this.linking = linking;
        this.delay = delay;
        this.listener = listener;
        this.clock = clock;
    }

    /** The model that memory is behind in if anything lacks its embedding; empty if there is none, or it is away. */
    String model() {
        return clock.instant().isBefore(awayUntil) ? "" : embeddings.model();
    }

    /**
     * Takes in some of the events that are not part of memory yet; if there are none, completes some nodes; if there are none of
     * those either, links some.
     *
     * @param first whether this is the first step since the agent was taken
     * @return whether there may be more to do
     * @throws Refusal.Unavailable if the storage, or the settings of the organization, are away
     * @throws Refusal.NotFound if the agent does not exist or was removed
     */
    boolean step(AgentKey agent, boolean first) {
        return advance(agent, first) || link(agent);
    }

    /** The same but for links, for which nobody waits. */
    boolean advance(AgentKey agent, boolean first) {
        long after = backlog.processedSeq(agent);
        List<Event> run = events.follow(agent, after, EVENTS);
        if (run.isEmpty()) {
            return complete(agent, first);
        }
        remember(agent, after, run);
        return true;
    }

    /** Links some nodes. */
    boolean link(AgentKey agent) {
        return linking.step(agent);
    }

    private void remember(AgentKey agent, long after, List<Event> run) {
        List<Node> nodes = new ArrayList<>();
        List<SetAside> aside = new ArrayList<>();
        for (Event event : run) {
            switch (messages.take(agent, event)) {
                case Taken.Made(Node node) -> nodes.add(node);
                case Taken.Nothing() -> {}
                case Taken.Failed(SetAside failed) -> aside.add(failed);
            }
        }
        List<Optional<Embedding>> embedded = embedded(nodes);
        List<RememberedNode> remembered = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            remembered.add(new RememberedNode(nodes.get(i), embedded.get(i)));
        }
        MemoryStep step = new MemoryStep(agent, after, run.getLast().seq(), remembered, aside);
        if (appender.remember(step)) {
            listener.advanced(agent, run.getLast().seq());
            Instant now = clock.instant();
            run.forEach(event -> delay.took(Duration.between(event.receivedAt(), now)));
            delay.tell();
        }
    }

    /** Nodes whose model is away enter without, and get it later. */
    private List<Optional<Embedding>> embedded(List<Node> nodes) {
        if (!model().isEmpty()) {
            try {
                return embeddings.of(nodes);
            } catch (Refusal.Unavailable away) {
                modelIsAway();
            }
        }
        return nodes.stream().map(node -> Optional.<Embedding>empty()).toList();
    }

    private void modelIsAway() {
        log.atWarn()
                .addKeyValue("model", embeddings.model())
                .log("The model of meaning is away; memory goes on without");
        awayUntil = clock.instant().plus(AWAY);
    }

    private boolean complete(AgentKey agent, boolean first) {
        String model = model();
        List<Incomplete> incomplete = backlog.incomplete(agent, model, NODES);
        if (incomplete.isEmpty() && !first) {
            return false;
        }
        List<Node> searched =
                incomplete.stream().map(one -> searched(agent, one.node())).toList();
        List<Optional<Embedding>> embedded;
        try {
            embedded = model.isEmpty()
                    ? searched.stream().map(node -> Optional.<Embedding>empty()).toList()
                    : embeddings.of(searched);
        } catch (Refusal.Unavailable away) {
            modelIsAway();
            return true;
        }
        List<Enriched> enriched = new ArrayList<>(incomplete.size());
        for (int i = 0; i < incomplete.size(); i++) {
            Incomplete one = incomplete.get(i);
            int tokens = messages.tokens().count(one.node().content());
            if (embedded.get(i).isPresent() || one.node().tokens() != tokens) {
                enriched.add(new Enriched(one.node().id(), one.version(), tokens, embedded.get(i)));
            }
        }
        // Even if there are none: it is asked whether anything is left.
        appender.enrich(new MemoryEnrichment(agent, model, enriched));
        if (enriched.isEmpty() && !incomplete.isEmpty()) {
            throw new IllegalStateException("There are nodes that the model can't embed.");
        }
        return !enriched.isEmpty();
    }

    /** Rows of the release before were searched by nobody yet. */
    private Node searched(AgentKey agent, Node node) {
        return node.findings().equals(Findings.UNSCANNED)
                ? node.searched(messages.data().inNode(agent.organization(), node))
                : node;
    }
}
