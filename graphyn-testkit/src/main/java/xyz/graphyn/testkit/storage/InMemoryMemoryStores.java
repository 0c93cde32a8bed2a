package xyz.graphyn.testkit.storage;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.TreeMap;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryBacklog;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MemoryStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.testkit.storage.InMemoryDatabase.Tables;

/** Reading memory, which looks at every row: in memory that costs little. */
final class InMemoryMemoryStores {
    private InMemoryMemoryStores() {}

    private static Optional<InMemoryMemory> memory(Tables tables, AgentKey agent) {
        return Optional.ofNullable(tables.memory.get(agent));
    }

    private static Map<NodeId, Node> nodes(Tables tables, AgentKey agent) {
        return tables.nodes.getOrDefault(agent, Map.of());
    }

    record Changed(InMemoryDatabase database) implements MemoryChanges {
        private static final int LENGTH = 8 << 20;

        private record Change(Optional<RememberedNode> changed, NodeId node) {
            int length() {
                return changed.map(one -> one.node().content().length()).orElse(0);
            }
        }

        @Override
        public OptionalLong version(AgentKey agent) {
            return database.read(tables -> memory(tables, agent)
                    .map(memory -> OptionalLong.of(memory.version))
                    .orElse(OptionalLong.empty()));
        }

        @Override
        public Changes since(AgentKey agent, long version, String model, int limit) {
            return database.read(tables -> memory(tables, agent)
                    .map(memory -> since(memory, nodes(tables, agent), version, model, limit))
                    .orElse(new Changes(List.of(), List.of(), version, false)));
        }

        private static Changes since(
                InMemoryMemory memory, Map<NodeId, Node> nodes, long after, String model, int limit) {
            TreeMap<Long, Change> changes = new TreeMap<>();
            nodes.forEach((id, node) -> changes.put(
                    memory.versions.getOrDefault(id, 0L),
                    new Change(
                            Optional.of(new RememberedNode(
                                    node,
                                    Optional.ofNullable(memory.embeddings.get(id))
                                            .filter(made -> made.model().equals(model)))),
                            id)));
            memory.removed.forEach((version, node) -> changes.put(version, new Change(Optional.empty(), node)));
            List<RememberedNode> changed = new ArrayList<>();
            List<NodeId> removed = new ArrayList<>();
            long last = after;
            long length = 0;
            for (Map.Entry<Long, Change> entry : changes.tailMap(after, false).entrySet()) {
                length += entry.getValue().length();
                if (changed.size() + removed.size() == limit || (!changed.isEmpty() && length > LENGTH)) {
                    return new Changes(changed, removed, last, true);
                }
                entry.getValue()
                        .changed()
                        .ifPresentOrElse(
                                changed::add, () -> removed.add(entry.getValue().node()));
                last = entry.getKey();
            }
            return new Changes(changed, removed, Math.max(after, memory.version), false);
        }
    }

    record Far(InMemoryDatabase database) implements MemoryStore {
        @Override
        public Optional<MemoryState> state(AgentKey agent, Instant now) {
            return database.read(tables -> memory(tables, agent)
                    .map(memory ->
                            state(memory, nodes(tables, agent), tables.events.getOrDefault(agent, List.of()), now)));
        }

        private static MemoryState state(InMemoryMemory memory, Map<NodeId, Node> nodes, List<Event> log, Instant now) {
            return new MemoryState(
                    nodes.size(),
                    memory.edges.size(),
                    nodes.values().stream().mapToLong(Node::tokens).sum(),
                    log.size(),
                    memory.processedSeq,
                    memory.version,
                    memory.processedSeq < log.size()
                            ? Duration.between(
                                    log.get((int) memory.processedSeq).receivedAt(), now)
                            : Duration.ZERO,
                    memory.setAside.size());
        }

        @Override
        public Page<SetAside> setAside(AgentKey agent, long after, int limit) {
            List<SetAside> oneMore = database.read(tables -> memory(tables, agent).stream()
                    .flatMap(memory -> memory.setAside.values().stream())
                    .filter(event -> event.seq() > after)
                    .limit(limit + 1L)
                    .toList());
            return Page.of(oneMore, limit);
        }
    }

    /** Nobody is cut off in memory, so that what is taken is taken until it is given back. */
    static final class Backlog implements MemoryBacklog {
        private final InMemoryDatabase database;
        private final SequencedSet<AgentKey> taken = new LinkedHashSet<>();
        private final Map<AgentKey, Long> givenBack = new HashMap<>();
        private long turns;

        Backlog(InMemoryDatabase database) {
            this.database = database;
        }

        @Override
        public synchronized List<AgentKey> take(String model, int limit) {
            List<AgentKey> some = database.read(tables -> tables.memory.keySet().stream()
                    .filter(agent -> !taken.contains(agent) && isBehind(tables, agent, model))
                    .sorted(comparing(agent -> givenBack.getOrDefault(agent, 0L)))
                    .limit(limit)
                    .toList());
            taken.addAll(some);
            return some;
        }

        @Override
        public synchronized boolean take(AgentKey agent, String model) {
            return database.read(tables -> isBehind(tables, agent, model)) && taken.add(agent);
        }

        @Override
        public synchronized void giveBack(AgentKey agent) {
            taken.remove(agent);
            givenBack.put(agent, ++turns);
        }

        private static boolean isBehind(Tables tables, AgentKey agent, String model) {
            return memory(tables, agent)
                    .filter(memory -> memory.processedSeq
                                    < tables.events
                                            .getOrDefault(agent, List.of())
                                            .size()
                            || memory.linkedVersion < memory.version
                            || lacking(memory, nodes(tables, agent), model, 1).size() > 0)
                    .isPresent();
        }

        @Override
        public long processedSeq(AgentKey agent) {
            return database.read(tables -> memory(tables, agent)
                    .map(memory -> memory.processedSeq)
                    .orElseThrow(() -> new Refusal.NotFound("agent")));
        }

        @Override
        public List<Incomplete> incomplete(AgentKey agent, String model, int limit) {
            return database.read(tables -> memory(tables, agent)
                    .map(memory -> lacking(memory, nodes(tables, agent), model, limit))
                    .orElse(List.of()));
        }

        /** Tokens are always counted here. */
        private static List<Incomplete> lacking(
                InMemoryMemory memory, Map<NodeId, Node> nodes, String model, int limit) {
            return nodes.values().stream()
                    .filter(node -> !model.isEmpty() && !memory.hasEmbedding(node.id(), model))
                    .sorted(comparing((Node node) -> memory.embeddings.containsKey(node.id()))
                            .thenComparing(Node::id))
                    .limit(limit)
                    .map(node -> new Incomplete(node, memory.versions.getOrDefault(node.id(), 0L)))
                    .toList();
        }
    }
}
