package xyz.graphyn.testkit.recall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MemoryChanges.Changes;
import xyz.graphyn.application.recall.Ranking;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.masking.Masks;
import xyz.graphyn.domain.masking.View;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/**
 * Reads all that an agent remembers at each search, and ranks it by how many words of the question it holds; what holds as many,
 * the latest first.
 */
public final class InMemoryRecallIndex implements RecallIndex {
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());

    private final MemoryChanges changes;

    public InMemoryRecallIndex(MemoryChanges changes) {
        this.changes = changes;
    }

    @Override
    public Ranking search(AgentKey agent, RecallQuery query) {
        OptionalLong version = changes.version(agent);
        if (version.isEmpty()) {
            throw new Refusal.NotFound("agent");
        }
        List<Node> meant = present(agent).values().stream()
                .filter(node ->
                        query.provenBy() == null || node.findings().rules().equals(query.provenBy()))
                .filter(node -> isMeant(node, query))
                .toList();
        Set<String> asked = words(query.text());
        List<Ranking.Hit> hits = new ArrayList<>();
        Map<String, Double> terms = new HashMap<>();
        for (Node node : meant) {
            Set<String> held = new TreeSet<>(words(text(node, query)));
            held.retainAll(asked);
            held.forEach(word -> terms.put(word, 0.0));
            if (node.supersededBy() == null) {
                hits.add(new Ranking.Hit(
                        node.id(),
                        held.size(),
                        held.isEmpty() ? Map.of() : Map.of("words", (double) held.size()),
                        List.copyOf(held),
                        List.of()));
            }
        }
        terms.replaceAll((word, share) -> 1.0 / terms.size());
        Map<NodeId, Node> byId = new HashMap<>();
        meant.forEach(node -> byId.put(node.id(), node));
        Comparator<Ranking.Hit> byTime = Comparator.comparing(
                hit -> byId.get(hit.node()),
                Comparator.comparing(Node::occurredAt).thenComparing(Node::id));
        hits.sort(Comparator.comparingDouble(Ranking.Hit::score)
                .thenComparing(byTime)
                .reversed());
        return new Ranking(
                hits.subList(0, Math.min(query.limit(), hits.size())),
                terms,
                extent(meant, query.window()),
                version.getAsLong());
    }

    private static Ranking.Extent extent(List<Node> meant, int window) {
        return new Ranking.Extent(
                meant.size(),
                meant.stream().mapToLong(Node::tokens).sum(),
                meant.stream()
                        .filter(node -> node.type().equals(Message.TYPE))
                        .sorted(Comparator.comparing(Node::occurredAt)
                                .thenComparing(Node::id)
                                .reversed())
                        .limit(window)
                        .mapToLong(Node::tokens)
                        .sum());
    }

    private Map<NodeId, Node> present(AgentKey agent) {
        Map<NodeId, Node> nodes = new TreeMap<>();
        Changes next = new Changes(List.of(), List.of(), 0, true);
        while (next.more()) {
            next = changes.since(agent, next.version(), "", MemoryChanges.MAX_CHANGES);
            next.removed().forEach(nodes::remove);
            next.changed().forEach(told -> nodes.put(told.node().id(), told.node()));
        }
        return nodes;
    }

    private static boolean isMeant(Node node, RecallQuery query) {
        boolean hiding = query.provenBy() != null;
        boolean typeHolds = query.types().isEmpty()
                || (query.types().contains(node.type())
                        && !(hiding && !node.findings().in("/type").isEmpty()));
        boolean sessionFound = hiding && !node.findings().in("/sessionId").isEmpty();
        boolean sessionHolds = query.sessions().isEmpty()
                || (node.sessionId() != null && query.sessions().contains(node.sessionId()) && !sessionFound);
        boolean withoutHolds = query.withoutSessions().isEmpty()
                || (!sessionFound
                        && (node.sessionId() == null || !query.withoutSessions().contains(node.sessionId())));
        return typeHolds
                && sessionHolds
                && withoutHolds
                && (query.from() == null || !node.occurredAt().isBefore(query.from()))
                && (query.to() == null || node.occurredAt().isBefore(query.to()));
    }

    private static String text(Node node, RecallQuery query) {
        return query.provenBy() == null
                ? node.content()
                : Masks.inText(node.content(), node.findings().in("/content"), MASKED);
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>();
        for (Matcher word = SimpleWords.WORD.matcher(text.toLowerCase(Locale.ROOT)); word.find(); ) {
            words.add(word.group());
        }
        return words;
    }
}
