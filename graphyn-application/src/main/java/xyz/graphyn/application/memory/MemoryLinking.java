package xyz.graphyn.application.memory;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryLinks.Linked;
import xyz.graphyn.application.append.MemoryLinks.Similar;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.memory.LinkStore.Earlier;
import xyz.graphyn.application.memory.MemoryChanges.Changes;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;
import xyz.graphyn.domain.memory.NodeKeys;
import xyz.graphyn.domain.memory.RememberedNode;

/**
 * Finds what an agent's nodes have in common, a step at a time, behind the changes of memory: what was linked is linked anew when
 * it changes. Each step is committed as a whole, and only from the version that it started from, so that it may be cut off, or
 * repeated, anywhere and by anybody.
 */
public final class MemoryLinking {
    /** Of so many that are nearest in time, the most similar are found: what was said long ago is found by asking. */
    public static final int WINDOW = 2_000;

    /** Above it, two short texts are of one matter: see docs/benchmarks.md. */
    public static final float SIMILAR = 0.75f;

    /** Above it, they may say the same. */
    public static final float NEARLY_THE_SAME = 0.95f;

    public static final int MOST_SIMILAR = 3;

    /** The head is locked while they are linked: some tens of milliseconds. */
    private static final int NODES = 100;

    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());

    private final MemoryChanges changes;
    private final LinkStore links;
    private final NodeStore nodes;
    private final Appender appender;
    private final Optional<Embedder> embedder;
    private final MessageReader messages;
    private final IdGenerator ids;
    private final InstantSource clock;

    /**
     * @param embedder empty if nothing is embedded; then nothing is similar
     * @param messages knows who spoke
     */
    public MemoryLinking(
            MemoryChanges changes,
            LinkStore links,
            NodeStore nodes,
            Appender appender,
            Optional<Embedder> embedder,
            MessageReader messages,
            IdGenerator ids,
            InstantSource clock) {
        this.changes = changes;
        this.links = links;
        this.nodes = nodes;
        this.appender = appender;
        this.embedder = embedder;
        this.messages = messages;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Links some of the nodes that have changed.
     *
     * @return whether there may be more to do
     */
    boolean step(AgentKey agent) {
        long after = links.linkedVersion(agent);
        String model = embedder.map(Embedder::model).orElse("");
        Changes next = changes.since(agent, after, model, NODES);
        if (next.version() <= after) {
            return false;
        }
        Map<NodeId, NodeKeys> readable = new HashMap<>();
        next.changed()
                .forEach(one -> NodeKeys.of(one.node(), speaker(one.node()))
                        .ifPresent(keys -> readable.put(one.node().id(), keys)));
        Map<NodeId, List<NodeKey>> keys = keys(agent, next.changed(), readable);
        Map<NodeId, List<Similar>> similar = similar(agent, next.changed(), readable, model);
        List<Linked> linked = next.changed().stream()
                .map(one -> one.node().id())
                .map(id -> new Linked(id, keys.getOrDefault(id, List.of()), similar.getOrDefault(id, List.of())))
                .toList();
        boolean done = appender.link(new MemoryLinks(
                agent,
                after,
                next.version(),
                linked,
                () -> new EdgeId(ids.next()),
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
        return next.more() || !done;
    }

    private Optional<String> speaker(Node node) {
        return messages.speaker(Masks.inJson(node.properties(), node.findings().in("/properties"), MASKED));
    }

    private Map<NodeId, List<NodeKey>> keys(
            AgentKey agent, List<RememberedNode> changed, Map<NodeId, NodeKeys> readable) {
        Set<String> asked = new HashSet<>();
        readable.values().forEach(keys -> keys.possibleNames().forEach(name -> asked.addAll(knownBy(name))));
        Set<String> known = asked.isEmpty() ? new HashSet<>() : new HashSet<>(links.known(agent, asked));
        Map<NodeId, List<NodeKey>> found = new HashMap<>();
        // In their order, so that what names somebody makes the name known for those behind it, however they are
        // parted.
        for (RememberedNode one : changed) {
            NodeKeys keys = readable.get(one.node().id());
            if (keys != null) {
                List<NodeKey> all = keys.all(name -> knownBy(name).stream().anyMatch(known::contains));
                all.forEach(key -> known.add(key.key()));
                found.put(one.node().id(), all);
            }
        }
        return found;
    }

    /** Other nodes name it, or one of that name has spoken. */
    private static List<String> knownBy(NodeKey name) {
        return List.of(name.key(), name.as(NodeKey.Kind.SPEAKER).key());
    }

    private record Near(NodeId of, NodeId older, float score) {}

    private Map<NodeId, List<Similar>> similar(
            AgentKey agent, List<RememberedNode> changed, Map<NodeId, NodeKeys> readable, String model) {
        List<Near> near = new ArrayList<>();
        embedder.ifPresent(by -> near.addAll(near(agent, changed, by, model)));
        Set<NodeId> nearly = new HashSet<>();
        near.stream().filter(one -> one.score() >= NEARLY_THE_SAME).forEach(one -> nearly.add(one.older()));
        Map<NodeId, NodeKeys> older = new HashMap<>();
        nodes.findAll(agent, List.copyOf(nearly))
                .forEach(node -> NodeKeys.of(node, speaker(node)).ifPresent(keys -> older.put(node.id(), keys)));
        Map<NodeId, List<Similar>> similar = new HashMap<>();
        for (Near one : near) {
            NodeKeys newer = readable.get(one.of());
            NodeKeys before = older.get(one.older());
            boolean same = newer != null && before != null && newer.isNearly(before);
            similar.computeIfAbsent(one.of(), unknown -> new ArrayList<>())
                    .add(new Similar(one.older(), one.score(), same));
        }
        return similar;
    }

    /** What was read at once serves for all whose window lies in it, as with those that were said one after the other. */
    private List<Near> near(AgentKey agent, List<RememberedNode> changed, Embedder by, String model) {
        List<RememberedNode> latestFirst = changed.stream()
                .filter(one -> vector(one) != null)
                .sorted(Comparator.comparing((RememberedNode one) -> one.node().occurredAt())
                        .thenComparing(one -> one.node().id())
                        .reversed())
                .toList();
        List<Near> near = new ArrayList<>();
        List<Earlier> read = List.of();
        boolean all = false;
        int at = 0;
        for (int i = 0; i < latestFirst.size(); i++) {
            Node node = latestFirst.get(i).node();
            while (at < read.size() && !isBefore(read.get(at), node)) {
                at++;
            }
            if (i == 0 || (!all && read.size() - at < WINDOW)) {
                int limit = WINDOW + latestFirst.size() - i;
                read = links.before(agent, node.occurredAt(), node.id(), model, limit);
                all = read.size() < limit;
                at = 0;
            }
            near.addAll(nearest(latestFirst.get(i), read.subList(at, Math.min(read.size(), at + WINDOW)), by));
        }
        return near;
    }

    private static boolean isBefore(Earlier earlier, Node node) {
        int byTime = earlier.occurredAt().compareTo(node.occurredAt());
        return byTime < 0 || (byTime == 0 && earlier.id().compareTo(node.id()) < 0);
    }

    /** Of a long content, nothing: a part of it is like a part of another. */
    private static byte @Nullable [] vector(RememberedNode one) {
        return one.embedding()
                .filter(made -> made.passages().size() == 1)
                .map(made -> made.passages().getFirst().vector())
                .orElse(null);
    }

    private static List<Near> nearest(RememberedNode of, List<Earlier> window, Embedder by) {
        byte[] vector = vector(of);
        List<Near> near = new ArrayList<>();
        for (Earlier earlier : window) {
            if (vector != null && earlier.vector() != null) {
                float score = by.similarity(vector, earlier.vector());
                if (score >= SIMILAR) {
                    near.add(new Near(of.node().id(), earlier.id(), score));
                }
            }
        }
        // A stable sort: of those as near, the latest.
        near.sort(Comparator.comparingDouble(Near::score).reversed());
        return near.subList(0, Math.min(MOST_SIMILAR, near.size()));
    }
}
