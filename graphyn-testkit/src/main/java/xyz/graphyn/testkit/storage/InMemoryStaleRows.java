package xyz.graphyn.testkit.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import xyz.graphyn.application.masking.RowDetection;
import xyz.graphyn.application.masking.StaleRows;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.storage.InMemoryDatabase.Tables;

/** Looks at every row, which in memory costs little. */
final class InMemoryStaleRows implements StaleRows {
    private static final int ROWS = 10;

    private final InMemoryDatabase database;
    private final Set<AgentKey> taken = new HashSet<>();

    InMemoryStaleRows(InMemoryDatabase database) {
        this.database = database;
    }

    private record Stale(AgentKey key, List<Agent> agents, List<Event> events, List<Node> nodes, List<Edge> edges) {
        boolean isEmpty() {
            return agents.isEmpty() && events.isEmpty() && nodes.isEmpty() && edges.isEmpty();
        }
    }

    private record Found(
            Map<Agent, Findings> agents,
            Map<Event, Findings> events,
            Map<Node, Findings> nodes,
            Map<Edge, Findings> edges) {}

    @Override
    public boolean searchAgain(int builtIn, RowDetection detection) {
        Optional<Stale> some = take(builtIn);
        if (some.isEmpty()) {
            return false;
        }
        Stale stale = some.get();
        try {
            RulesVersion present = present(stale.key, builtIn);
            Found found = new Found(
                    search(stale.agents, detection::inAgent),
                    search(stale.events, event -> detection.inEvent(stale.key.organization(), event)),
                    search(stale.nodes, node -> detection.inNode(stale.key.organization(), node)),
                    search(stale.edges, edge -> detection.inEdge(stale.key.organization(), edge)));
            boolean old = List.of(found.agents, found.events, found.nodes, found.edges).stream()
                    .flatMap(map -> map.values().stream())
                    .anyMatch(findings -> findings.rules().value() < present.value());
            if (!old) {
                database.writeAlone(stale.key.organization(), tables -> write(tables, stale.key, found));
            }
            return !old;
        } finally {
            synchronized (taken) {
                taken.remove(stale.key);
            }
        }
    }

    private Optional<Stale> take(int builtIn) {
        synchronized (taken) {
            Optional<Stale> some = database.read(tables -> tables.agents.keySet().stream()
                    .filter(key -> !taken.contains(key))
                    .map(key -> stale(tables, key, builtIn))
                    .filter(stale -> !stale.isEmpty())
                    .findFirst());
            some.ifPresent(stale -> taken.add(stale.key));
            return some;
        }
    }

    private Stale stale(Tables tables, AgentKey key, int builtIn) {
        long present = present(key, builtIn).value();
        return new Stale(
                key,
                Optional.ofNullable(tables.agents.get(key)).stream()
                        .filter(agent -> agent.findings().rules().value() < present)
                        .toList(),
                tables.events.getOrDefault(key, List.of()).stream()
                        .filter(event -> event.findings().rules().value() < present)
                        .limit(ROWS)
                        .toList(),
                tables.nodes.getOrDefault(key, Map.of()).values().stream()
                        .filter(node -> node.findings().rules().value() < present)
                        .limit(ROWS)
                        .toList(),
                tables.edges(key).values().stream()
                        .filter(edge -> edge.findings().rules().value() < present)
                        .limit(ROWS)
                        .toList());
    }

    private RulesVersion present(AgentKey key, int builtIn) {
        return database.read(tables -> RulesVersion.of(
                builtIn,
                tables.maskingSettings
                        .getOrDefault(key.organization(), MaskingSettings.DEFAULT)
                        .rules()
                        .revision()));
    }

    private static <T> Map<T, Findings> search(List<T> rows, Function<T, Findings> search) {
        Map<T, Findings> found = new HashMap<>();
        rows.forEach(row -> found.put(row, search.apply(row)));
        return found;
    }

    /** Only what is still as it was when it was searched. */
    private static boolean write(Tables tables, AgentKey key, Found found) {
        tables.agents.computeIfPresent(key, (same, agent) -> replaced(agent, found.agents, Agent::searched));
        tables.events.computeIfPresent(key, (same, log) -> {
            List<Event> replaced = new ArrayList<>(log);
            replaced.replaceAll(event -> replaced(event, found.events, Event::searched));
            return replaced;
        });
        Map<NodeId, Node> memory = tables.nodes.get(key);
        InMemoryMemory versions = tables.memory.get(key);
        if (memory != null && versions != null) {
            memory.replaceAll((id, node) -> {
                Node searched = replaced(node, found.nodes, Node::searched);
                if (!searched.equals(node)) {
                    versions.changed(node, searched);
                }
                return searched;
            });
        }
        tables.edges(key).replaceAll((id, edge) -> replaced(edge, found.edges, Edge::searched));
        return true;
    }

    private static <T> T replaced(T row, Map<T, Findings> found, BiFunction<T, Findings, T> with) {
        Findings findings = found.get(row);
        return findings == null ? row : with.apply(row, findings);
    }
}
