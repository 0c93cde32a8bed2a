package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryEnrichment.Enriched;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MemoryChanges.Changes;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link MemoryChanges}: whoever follows them has what is there, and nothing else. */
public interface MemoryChangesContract extends MemoryContract {
    private MemoryChanges changes() {
        return storage().memoryChanges();
    }

    private Changes all(AgentKey agent) {
        return changes().since(agent, 0, MODEL, MemoryChanges.MAX_CHANGES);
    }

    private Node change(AgentKey agent, Node node, String content) {
        return storage()
                .appender()
                .changeNode(new NodeChange(
                        agent,
                        node.id(),
                        present -> present.changedTo(
                                Samples.node(content), content.length(), NOW.plusSeconds(1), Findings.UNSCANNED),
                        audit(agent, AuditAction.NODE_CHANGED, Map.of())))
                .orElseThrow();
    }

    private static List<Node> nodes(Changes changes) {
        return changes.changed().stream().map(RememberedNode::node).toList();
    }

    /** A copy that follows the changes, some at a time. */
    private long follow(AgentKey agent, long after, int limit, Map<NodeId, Node> copy) {
        long version = after;
        Changes some;
        do {
            some = changes().since(agent, version, MODEL, limit);
            assertTrue(some.changed().size() + some.removed().size() <= limit);
            assertTrue(some.version() >= version);
            nodes(some).forEach(node -> copy.put(node.id(), node));
            some.removed().forEach(copy::remove);
            version = some.version();
        } while (some.more());
        return version;
    }

    private Map<NodeId, Node> present(AgentKey agent) {
        Map<NodeId, Node> present = new HashMap<>();
        storage().nodes().page(agent, NodeStoreContract.all(200)).items().forEach(node -> present.put(node.id(), node));
        return present;
    }

    @Test
    default void knowsNoVersionOfAnAgentThatIsNotThere() {
        AgentKey agent = newAgent();
        assertEquals(OptionalLong.of(0), changes().version(agent));
        assertEquals(new Changes(List.of(), List.of(), 0, false), all(agent));
        add(agent, Samples.node("gone"));
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        storage().agents().remove(agent);
        for (AgentKey other : List.of(agent, stranger)) {
            assertEquals(OptionalLong.empty(), changes().version(other));
            assertEquals(new Changes(List.of(), List.of(), 7, false), changes().since(other, 7, MODEL, 10));
        }
    }

    @Test
    default void givesEachChangeAVersionOfItsOwn() {
        AgentKey agent = newAgent();
        storage().appender().addNodes(nodes(agent, Samples.node("a"), Samples.node("b"), Samples.node("c")));
        assertEquals(OptionalLong.of(3), changes().version(agent));
        List<Node> added = nodes(all(agent));
        assertEquals(List.of("a", "b", "c"), added.stream().map(Node::content).toList());
        Node changed = change(agent, added.getFirst(), "a, changed");
        removeNode(agent, added.get(1).id());
        assertEquals(OptionalLong.of(5), changes().version(agent));
        assertEquals(
                new Changes(
                        List.of(new RememberedNode(changed, Optional.empty())),
                        List.of(added.get(1).id()),
                        5,
                        false),
                changes().since(agent, 3, MODEL, 10));
        assertEquals(List.of(added.get(2), changed), nodes(all(agent)), "of each node, what it is now");
    }

    @Test
    default void leavesTheVersionWhereNothingChanges() {
        AgentKey agent = newAgent();
        Node node = add(agent, Samples.node("same"));
        storage()
                .appender()
                .changeNode(new NodeChange(
                        agent, node.id(), same -> same, audit(agent, AuditAction.NODE_CHANGED, Map.of())));
        recordSome(agent, 2);
        assertEquals(OptionalLong.of(1), changes().version(agent));
    }

    @Test
    default void tellsNoMoreThanItIsAskedFor() {
        AgentKey agent = newAgent();
        for (int i = 0; i < 7; i++) {
            add(agent, Samples.node("node " + i));
        }
        List<Node> added = nodes(all(agent));
        for (int i = 0; i < 3; i++) {
            removeNode(agent, added.get(2 * i).id());
        }
        for (int limit = 1; limit <= 11; limit++) {
            Map<NodeId, Node> copy = new HashMap<>();
            assertEquals(10, follow(agent, 0, limit, copy));
            assertEquals(present(agent), copy, "by " + limit);
        }
    }

    @Test
    default void boundsWhatItTellsByItsLength() {
        AgentKey agent = newAgent();
        String long1 = "x".repeat(900_000);
        for (int i = 0; i < 12; i++) {
            add(agent, Samples.node(long1 + i));
        }
        Changes first = all(agent);
        assertTrue(first.more());
        assertTrue(first.changed().size() > 1 && first.changed().size() < 12);
        assertEquals(first.changed().size(), first.version());
        Map<NodeId, Node> copy = new HashMap<>();
        follow(agent, 0, 100, copy);
        assertEquals(12, copy.size());
    }

    @Test
    default void tellsTheEmbeddingOfTheModelThatIsMeant() {
        AgentKey agent = newAgent();
        remember(agent, recordSome(agent, 2), Optional.of(MODEL));
        for (RememberedNode told : all(agent).changed()) {
            Embedding expected = MemoryContract.embedding(MODEL, told.node().content());
            Embedding found = told.embedding().orElseThrow();
            assertEquals(MODEL, found.model());
            assertEquals(expected.passages().size(), found.passages().size());
            for (int i = 0; i < expected.passages().size(); i++) {
                assertEquals(
                        expected.passages().get(i).span(),
                        found.passages().get(i).span());
                assertArrayEquals(
                        expected.passages().get(i).vector(),
                        found.passages().get(i).vector());
            }
        }
        assertTrue(changes().since(agent, 0, "another", 10).changed().stream()
                .allMatch(told -> told.embedding().isEmpty()));
    }

    @Test
    default void tellsThatAModelTakesNothingOfANode() {
        AgentKey agent = newAgent();
        Node node = add(agent, Samples.node("nothing for this model"));
        Embedding none = new Embedding(MODEL, List.of());
        Enriched known = new Enriched(node.id(), 1, node.tokens(), Optional.of(none));
        storage().appender().enrich(new MemoryEnrichment(agent, MODEL, List.of(known)));
        assertEquals(Optional.of(none), all(agent).changed().getFirst().embedding());
        assertEquals(List.of(), storage().memoryBacklog().incomplete(agent, MODEL, 10), "nobody asks again");
    }

    @Test
    default void forgetsTheEmbeddingOfATextThatIsAnotherNow() {
        AgentKey agent = newAgent();
        remember(agent, recordSome(agent, 2), Optional.of(MODEL));
        List<Node> nodes = nodes(all(agent));
        change(agent, nodes.getFirst(), "another text");
        Node relabelled = nodes.getLast();
        storage()
                .appender()
                .changeNode(new NodeChange(
                        agent,
                        relabelled.id(),
                        node -> node.changedTo(
                                new NodeDraft(
                                        node.type(),
                                        node.content(),
                                        List.of("label"),
                                        node.properties(),
                                        null,
                                        null,
                                        null),
                                node.tokens(),
                                NOW.plusSeconds(1),
                                Findings.UNSCANNED),
                        audit(agent, AuditAction.NODE_CHANGED, Map.of())));
        assertEquals(
                List.of(false, true),
                all(agent).changed().stream()
                        .map(told -> told.embedding().isPresent())
                        .toList());
    }

    @Test
    default void letsACopyFollowManyWriters() {
        AgentKey agent = newAgent();
        AtomicBoolean writing = new AtomicBoolean(true);
        Map<NodeId, Node> copy = new HashMap<>();
        Concurrently.run(2, role -> {
            if (role == 1) {
                long version = 0;
                while (writing.get()) {
                    version = follow(agent, version, 3, copy);
                }
                follow(agent, version, 3, copy);
                return role;
            }
            try {
                Concurrently.run(6, writer -> {
                    List<Node> own = new ArrayList<>();
                    for (int i = 0; i < 8; i++) {
                        own.add(add(agent, Samples.node(writer + "-" + i)));
                        if (i % 3 == 1) {
                            change(agent, own.getFirst(), "changed " + i);
                        }
                        if (i % 3 == 2) {
                            removeNode(agent, own.removeLast().id());
                        }
                    }
                    return writer;
                });
            } finally {
                writing.set(false);
            }
            return role;
        });
        assertEquals(present(agent), copy);
    }
}
