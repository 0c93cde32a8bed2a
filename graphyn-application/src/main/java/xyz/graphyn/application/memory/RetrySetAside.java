package xyz.graphyn.application.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.MemoryRetry;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.memory.MessageNodes.Taken;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;

/** Tries again to make memory of events that were set aside, as after an update that understands them. */
public final class RetrySetAside {
    /** As many as a request can wait for. */
    public static final int MAX_TRIED = 1_000;

    /** Characters of payloads that are committed together: a page of the longest would be hundreds of megabytes. */
    private static final int LONGEST_COMMIT = 4 << 20;

    private final AgentGate gate;
    private final MemoryStore memory;
    private final EventStore events;
    private final Appender appender;
    private final MessageNodes messages;
    private final AuditEntries entries;

    public RetrySetAside(
            AgentGate gate,
            MemoryStore memory,
            EventStore events,
            Appender appender,
            MessageNodes messages,
            AuditEntries entries) {
        this.gate = gate;
        this.memory = memory;
        this.events = events;
        this.appender = appender;
        this.messages = messages;
        this.entries = entries;
    }

    /**
     * @param tried how many events
     * @param failed how many of them could not be taken in this time either
     * @param more whether there are more behind them, which were not tried
     */
    public record Outcome(int tried, int failed, boolean more) {}

    /**
     * Tries one event, or the first {@value #MAX_TRIED} in the order of {@code seq}. Nodes that are made enter without an
     * embedding, and get theirs like those that were told.
     *
     * @param seq of the one, of which nothing is tried if it is not set aside; empty for all
     * @throws Refusal if the caller may not write to the agent
     */
    public Outcome retry(Caller caller, AgentId agent, OptionalLong seq) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (seq.isPresent()) {
            List<SetAside> one = memory.setAside(key, seq.getAsLong() - 1, 1).items().stream()
                    .filter(aside -> aside.seq() == seq.getAsLong())
                    .toList();
            return one.isEmpty() ? new Outcome(0, 0, false) : new Outcome(1, retry(caller, key, one), false);
        }
        int tried = 0;
        int failed = 0;
        Page<SetAside> page = memory.setAside(key, 0, Page.MAX_LIMIT);
        while (!page.items().isEmpty()) {
            failed += retry(caller, key, page.items());
            tried += page.items().size();
            if (!page.more() || tried >= MAX_TRIED) {
                break;
            }
            page = memory.setAside(key, page.items().getLast().seq(), Page.MAX_LIMIT);
        }
        return new Outcome(tried, failed, page.more());
    }

    /** @return how many failed again */
    private int retry(Caller caller, AgentKey key, List<SetAside> aside) {
        int failed = 0;
        for (int from = 0; from < aside.size(); ) {
            Tried tried = new Tried();
            while (from < aside.size() && tried.length < LONGEST_COMMIT) {
                take(key, aside.get(from++), tried);
            }
            Map<String, String> details = Map.of(
                    "tried", Integer.toString(tried.seqs.size()),
                    "failed", Integer.toString(tried.again.size()));
            appender.retry(new MemoryRetry(
                    key,
                    tried.seqs,
                    tried.nodes,
                    tried.again,
                    entries.onAgent(caller, AuditAction.MEMORY_RETRIED, key.agent(), details)));
            failed += tried.again.size();
        }
        return failed;
    }

    private static final class Tried {
        private final List<Long> seqs = new ArrayList<>();
        private final List<RememberedNode> nodes = new ArrayList<>();
        private final List<SetAside> again = new ArrayList<>();
        private long length;
    }

    private void take(AgentKey key, SetAside aside, Tried tried) {
        tried.seqs.add(aside.seq());
        // One that was removed since has nothing to be taken in.
        Optional<Event> event = events.find(key, aside.event());
        if (event.isEmpty()) {
            return;
        }
        tried.length += event.get().payload().text().length();
        switch (messages.take(key, event.get())) {
            case Taken.Made(Node node) -> tried.nodes.add(new RememberedNode(node, Optional.empty()));
            case Taken.Nothing() -> {}
            case Taken.Failed(SetAside failed) -> tried.again.add(failed);
        }
    }
}
