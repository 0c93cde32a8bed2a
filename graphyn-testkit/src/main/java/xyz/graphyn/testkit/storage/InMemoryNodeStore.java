package xyz.graphyn.testkit.storage;

import static java.util.Comparator.comparing;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.application.memory.NodeQuery.Position;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

record InMemoryNodeStore(InMemoryDatabase database) implements NodeStore {
    private static final Comparator<Position> LATEST_FIRST =
            comparing(Position::occurredAt).thenComparing(Position::id).reversed();

    @Override
    public Optional<Node> find(AgentKey agent, NodeId id) {
        return database.read(tables -> Optional.ofNullable(nodes(tables, agent).get(id)));
    }

    @Override
    public List<Node> findAll(AgentKey agent, List<NodeId> ids) {
        List<Node> all = database.read(tables -> ids.stream()
                .flatMap(id -> Optional.ofNullable(nodes(tables, agent).get(id)).stream())
                .toList());
        long bytes = 0;
        int count = 0;
        for (Node node : all) {
            bytes += node.content().getBytes(StandardCharsets.UTF_8).length;
            if (count > 0 && bytes > MAX_FOUND_BYTES) {
                break;
            }
            count++;
        }
        return all.subList(0, count);
    }

    @Override
    public Page<Node> page(AgentKey agent, NodeQuery query) {
        List<Node> oneMore = database.read(tables -> nodes(tables, agent).values().stream()
                .filter(node -> matches(node, query))
                .sorted(comparing(Position::of, LATEST_FIRST))
                .limit(query.limit() + 1L)
                .toList());
        return Page.of(oneMore, query.limit());
    }

    private static Map<NodeId, Node> nodes(InMemoryDatabase.Tables tables, AgentKey agent) {
        return tables.nodes.getOrDefault(agent, Map.of());
    }

    private static boolean matches(Node node, NodeQuery query) {
        return (query.type() == null
                        || (query.type().equals(node.type())
                                && Proof.holds(query.provenBy(), node.findings(), "/type")))
                && (query.label() == null
                        || (node.labels().contains(query.label())
                                && Proof.holds(
                                        query.provenBy(),
                                        node.findings(),
                                        "/labels/" + node.labels().indexOf(query.label()))))
                && (query.sessionId() == null
                        || (query.sessionId().equals(node.sessionId())
                                && Proof.holds(query.provenBy(), node.findings(), "/sessionId")))
                && (query.from() == null || !node.occurredAt().isBefore(query.from()))
                && (query.to() == null || node.occurredAt().isBefore(query.to()))
                && (query.position() == null || LATEST_FIRST.compare(Position.of(node), query.position()) > 0);
    }
}
