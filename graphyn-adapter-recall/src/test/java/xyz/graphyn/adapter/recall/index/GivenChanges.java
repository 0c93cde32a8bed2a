package xyz.graphyn.adapter.recall.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;

/** Changes as a test tells them. */
final class GivenChanges implements MemoryChanges {
    private record Change(long version, NodeId id, @Nullable RememberedNode node) {}

    private final Map<AgentKey, List<Change>> agents = new HashMap<>();
    final AtomicInteger reads = new AtomicInteger();

    synchronized void put(AgentKey agent, RememberedNode node) {
        add(agent, node.node().id(), node);
    }

    synchronized void put(AgentKey agent, Node node) {
        put(agent, new RememberedNode(node, Optional.empty()));
    }

    synchronized void remove(AgentKey agent, NodeId node) {
        add(agent, node, null);
    }

    synchronized void removeAgent(AgentKey agent) {
        agents.remove(agent);
    }

    private void add(AgentKey agent, NodeId id, @Nullable RememberedNode node) {
        List<Change> changes = agents.computeIfAbsent(agent, unknown -> new ArrayList<>());
        long version = changes.isEmpty() ? 1 : changes.getLast().version() + 1;
        changes.removeIf(change -> change.id().equals(id));
        changes.add(new Change(version, id, node));
    }

    @Override
    public synchronized OptionalLong version(AgentKey agent) {
        List<Change> changes = agents.get(agent);
        return changes == null
                ? OptionalLong.empty()
                : OptionalLong.of(changes.isEmpty() ? 0 : changes.getLast().version());
    }

    @Override
    public synchronized Changes since(AgentKey agent, long version, String model, int limit) {
        reads.incrementAndGet();
        List<Change> behind = agents.getOrDefault(agent, List.of()).stream()
                .filter(change -> change.version() > version)
                .toList();
        List<Change> told = behind.subList(0, Math.min(limit, behind.size()));
        List<RememberedNode> changed = new ArrayList<>();
        List<NodeId> removed = new ArrayList<>();
        for (Change change : told) {
            if (change.node() == null) {
                removed.add(change.id());
            } else {
                changed.add(change.node());
            }
        }
        long upTo = told.isEmpty() ? version : told.getLast().version();
        return new Changes(changed, removed, upTo, told.size() < behind.size());
    }

    synchronized void create(AgentKey agent) {
        agents.computeIfAbsent(agent, unknown -> new ArrayList<>());
    }
}
