package xyz.graphyn.testkit.storage;

import static java.util.Comparator.comparing;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import xyz.graphyn.application.memory.AroundQuery;
import xyz.graphyn.application.memory.AroundQuery.Direction;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

record InMemoryEdgeStore(InMemoryDatabase database) implements EdgeStore {
    @Override
    public Optional<Edge> find(AgentKey agent, EdgeId id) {
        return database.read(tables -> Optional.ofNullable(tables.edges(agent).get(id)));
    }

    /** Newest first. */
    private Stream<Edge> all(AgentKey agent) {
        List<Edge> edges =
                database.read(tables -> List.copyOf(tables.edges(agent).values()));
        return edges.stream().sorted(comparing(Edge::id).reversed());
    }

    @Override
    public Page<Edge> page(AgentKey agent, EdgeQuery query) {
        return Page.of(
                all(agent)
                        .filter(edge -> matches(edge, query))
                        .limit(query.limit() + 1L)
                        .toList(),
                query.limit());
    }

    private static boolean matches(Edge edge, EdgeQuery query) {
        return (query.from() == null || query.from().equals(edge.from()))
                && (query.to() == null || query.to().equals(edge.to()))
                && (query.relation() == null
                        || (query.relation().equals(edge.relation())
                                && Proof.holds(query.provenBy(), edge.findings(), "/relation")))
                && (query.asOf() == null || edge.holdsAt(query.asOf()))
                && (query.before() == null || edge.id().compareTo(query.before()) < 0);
    }

    @Override
    public Around around(AgentKey agent, Collection<NodeId> nodes, AroundQuery query) {
        Set<NodeId> distinct = Set.copyOf(nodes);
        int share = EdgeStore.share(distinct.size());
        SequencedSet<Edge> found = new LinkedHashSet<>();
        boolean more = false;
        for (NodeId node : distinct) {
            if (query.direction() != Direction.IN) {
                more |= look(agent, edge -> edge.from().equals(node), query, share, found);
            }
            if (query.direction() != Direction.OUT) {
                more |= look(agent, edge -> edge.to().equals(node), query, share, found);
            }
        }
        return new Around(
                found.stream()
                        .sorted(comparing(Edge::id).reversed())
                        .limit(MAX_AROUND)
                        .toList(),
                more || found.size() > MAX_AROUND);
    }

    private boolean look(AgentKey agent, Predicate<Edge> where, AroundQuery query, int share, Collection<Edge> found) {
        List<Edge> considered = all(agent).filter(where).limit(share + 1L).toList();
        considered.stream().limit(share).filter(edge -> follows(edge, query)).forEach(found::add);
        return considered.size() > share;
    }

    private static boolean follows(Edge edge, AroundQuery query) {
        return (query.relations().isEmpty()
                        || (query.relations().contains(edge.relation())
                                && Proof.holds(query.provenBy(), edge.findings(), "/relation")))
                && (query.asOf() == null || edge.holdsAt(query.asOf()));
    }
}
