package xyz.graphyn.testkit.storage;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryLinks.Linked;
import xyz.graphyn.application.append.MemoryLinks.Similar;
import xyz.graphyn.application.memory.LinkStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.FoundRelations;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;
import xyz.graphyn.domain.memory.NodeKey.Kind;
import xyz.graphyn.domain.memory.Supersession;
import xyz.graphyn.domain.validation.Invalid;

/** What memory finds by itself. All of it is made anew each time, which in memory costs little. */
final class InMemoryLinks {
    private static final Comparator<Node> BY_TIME = comparing(Node::occurredAt).thenComparing(Node::id);

    private final Map<NodeId, Node> nodes;
    private final InMemoryMemory memory;

    InMemoryLinks(Map<NodeId, Node> nodes, InMemoryMemory memory) {
        this.nodes = nodes;
        this.memory = memory;
    }

    private record Place(String relation, NodeId from, NodeId to) {}

    boolean link(MemoryLinks links) {
        if (memory.linkedVersion != links.after() || links.upTo() > memory.version) {
            return false;
        }
        boolean alone = memory.version == links.upTo();
        for (Linked linked : links.nodes()) {
            boolean present = memory.versions.getOrDefault(linked.node(), Long.MAX_VALUE) <= links.upTo();
            if (nodes.containsKey(linked.node())) {
                memory.keys.put(linked.node(), present ? linked.keys() : List.of());
                memory.similar.put(linked.node(), linked.similar());
            }
        }
        writeEdges(links);
        mark();
        memory.linkedVersion = alone ? memory.version : links.upTo();
        return true;
    }

    private boolean isOfPresentRules(Edge edge) {
        Node from = nodes.get(edge.from());
        return from != null
                && edge.findings().equals(Findings.none(from.findings().rules()));
    }

    private void writeEdges(MemoryLinks links) {
        Map<Place, Json> wanted = wanted();
        for (Edge edge : List.copyOf(memory.edges.values())) {
            Place place = new Place(edge.relation(), edge.from(), edge.to());
            Json still = wanted.get(place);
            if (!edge.derived()) {
                wanted.remove(place);
            } else if (edge.properties().equals(still) && isOfPresentRules(edge)) {
                wanted.remove(place);
            } else {
                memory.edges.remove(edge.id());
            }
        }
        wanted.forEach((place, properties) -> {
            Node from = Objects.requireNonNull(nodes.get(place.from()));
            Edge edge = new Edge(
                    links.ids().get(),
                    from.agent(),
                    place.from(),
                    place.to(),
                    place.relation(),
                    properties,
                    null,
                    null,
                    true,
                    links.at(),
                    Findings.none(from.findings().rules()));
            memory.edges.put(edge.id(), edge);
        });
    }

    private Map<Place, Json> wanted() {
        Map<Place, Json> wanted = new LinkedHashMap<>();
        Map<Place, List<String>> mentions = new LinkedHashMap<>();
        memory.keys.forEach((id, keys) -> {
            Node own = Objects.requireNonNull(nodes.get(id));
            String session = own.sessionId();
            if (session != null) {
                first(node -> BY_TIME.compare(node, own) > 0 && session.equals(node.sessionId()))
                        .ifPresent(next -> wanted.put(new Place(FoundRelations.NEXT, id, next.id()), Json.EMPTY));
            }
            keys.stream()
                    .filter(key -> key.kind() == Kind.NAME)
                    .sorted(comparing(NodeKey::key))
                    .forEach(key -> last(node -> BY_TIME.compare(node, own) < 0 && has(node.id(), key.key()))
                            .ifPresent(earlier -> mentions.computeIfAbsent(
                                            new Place(FoundRelations.MENTIONS, id, earlier.id()),
                                            unknown -> new ArrayList<>())
                                    .add(Objects.requireNonNull(key.name()))));
        });
        mentions.forEach((place, names) -> wanted.put(place, FoundRelations.mentions(names)));
        memory.similar.forEach((id, similar) -> {
            for (Similar one : similar) {
                if (nodes.containsKey(id) && nodes.containsKey(one.older())) {
                    wanted.put(
                            new Place(FoundRelations.SIMILAR, id, one.older()),
                            FoundRelations.similar(one.score(), one.same()));
                }
            }
        });
        return wanted;
    }

    private Optional<Node> first(Predicate<Node> such) {
        return nodes.values().stream().filter(such).min(BY_TIME);
    }

    private Optional<Node> last(Predicate<Node> such) {
        return nodes.values().stream().filter(such).max(BY_TIME);
    }

    private boolean has(NodeId node, String key) {
        return memory.keys.getOrDefault(node, List.of()).stream()
                .anyMatch(one -> one.key().equals(key));
    }

    private void mark() {
        // The latest first: what a node that was moved held for before is known when it comes to the earlier ones.
        for (Node own : nodes.values().stream().sorted(BY_TIME.reversed()).toList()) {
            Supersession present = own.supersession();
            Supersession wanted = present != null && present.told() ? again(present) : found(own);
            boolean circular = wanted != null && wanted.by() != null && leadsBack(wanted.by(), own.id());
            if (!Objects.equals(present, wanted) && !circular) {
                nodes.put(own.id(), own.with(wanted));
                memory.changed(own.id());
            }
        }
    }

    /** The time may be another. */
    private Supersession again(Supersession told) {
        return told.by() == null ? told : Supersession.told(Objects.requireNonNull(nodes.get(told.by())));
    }

    private @Nullable Supersession found(Node own) {
        return first(node -> BY_TIME.compare(node, own) > 0 && supersedes(node, own) && !isToldAway(node))
                .map(Supersession::found)
                .orElse(null);
    }

    private boolean supersedes(Node newer, Node older) {
        return memory.keys.getOrDefault(newer.id(), List.of()).stream()
                        .anyMatch(key -> key.kind().supersedes() && has(older.id(), key.key()))
                || memory.similar.getOrDefault(newer.id(), List.of()).stream()
                        .anyMatch(similar -> similar.same() && similar.older().equals(older.id()));
    }

    private static boolean isToldAway(Node node) {
        return node.supersession() != null && node.supersession().told() && node.supersededBy() != null;
    }

    private boolean leadsBack(NodeId newer, NodeId older) {
        Node at = nodes.get(newer);
        for (int steps = 0; at != null && steps <= nodes.size(); steps++) {
            if (at.id().equals(older)) {
                return true;
            }
            at = at.supersededBy() == null ? null : nodes.get(at.supersededBy());
        }
        return false;
    }

    /** The node as it shall be, with the time of the node that it says holds in its place. */
    Node checked(Node present, Node changed) {
        Supersession told = changed.supersession();
        if (told == null || told.by() == null || told.equals(present.supersession())) {
            return changed;
        }
        Node newer = nodes.get(told.by());
        if (newer == null) {
            throw new Invalid("/supersededBy", "unknown-node", "must be a node of this agent");
        }
        if (leadsBack(newer.id(), changed.id())) {
            throw new Invalid("/supersededBy", "circular", "must be a node in whose place this one does not hold");
        }
        return changed.with(new Supersession(newer.id(), newer.occurredAt(), told.told()));
    }

    /** Of a node that was removed. */
    void removed(NodeId gone) {
        Stream<NodeId> before = memory.edges.values().stream()
                .filter(edge ->
                        edge.derived() && edge.to().equals(gone) && !edge.from().equals(gone))
                .filter(edge -> !edge.relation().equals(FoundRelations.SIMILAR))
                .map(Edge::from);
        Stream<NodeId> freed = nodes.values().stream()
                .filter(node -> gone.equals(node.supersededBy()))
                .map(Node::id);
        Set<NodeId> left = Stream.concat(before, freed).collect(Collectors.toSet());
        memory.edges
                .values()
                .removeIf(edge -> edge.from().equals(gone) || edge.to().equals(gone));
        memory.keys.remove(gone);
        memory.similar.remove(gone);
        for (NodeId id : left) {
            nodes.computeIfPresent(id, (same, node) -> gone.equals(node.supersededBy()) ? node.with(null) : node);
            memory.changed(id);
        }
    }

    record Read(InMemoryDatabase database) implements LinkStore {
        @Override
        public long linkedVersion(AgentKey agent) {
            return database.read(tables -> Optional.ofNullable(tables.memory.get(agent))
                    .map(memory -> memory.linkedVersion)
                    .orElseThrow(() -> new Refusal.NotFound("agent")));
        }

        @Override
        public Set<String> known(AgentKey agent, Collection<String> keys) {
            return database.read(tables -> Set.copyOf(Optional.ofNullable(tables.memory.get(agent)).stream()
                    .flatMap(memory -> memory.keys.values().stream())
                    .flatMap(List::stream)
                    .map(NodeKey::key)
                    .filter(keys::contains)
                    .distinct()
                    .toList()));
        }

        @Override
        public List<Earlier> before(AgentKey agent, Instant occurredAt, NodeId id, String model, int limit) {
            return database.read(tables -> {
                Map<NodeId, Node> nodes = tables.nodes.getOrDefault(agent, Map.of());
                return nodes.values().stream()
                        .filter(node -> node.occurredAt().isBefore(occurredAt)
                                || (node.occurredAt().equals(occurredAt)
                                        && node.id().compareTo(id) < 0))
                        .sorted(BY_TIME.reversed())
                        .limit(limit)
                        .map(node -> new Earlier(
                                node.id(),
                                node.occurredAt(),
                                vector(Objects.requireNonNull(tables.memory.get(agent)), node.id(), model)))
                        .toList();
            });
        }

        private static byte @Nullable [] vector(InMemoryMemory memory, NodeId node, String model) {
            return Optional.ofNullable(memory.embeddings.get(node))
                    .filter(made ->
                            made.model().equals(model) && made.passages().size() == 1)
                    .map(made -> made.passages().getFirst().vector())
                    .orElse(null);
        }
    }
}
