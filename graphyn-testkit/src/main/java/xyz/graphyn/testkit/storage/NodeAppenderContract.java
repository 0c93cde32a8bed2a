package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link Appender}, as far as it changes memory. */
public interface NodeAppenderContract extends StorageContract {
    private Appender appender() {
        return storage().appender();
    }

    private static NodeDraft draft(String content, @Nullable String externalId) {
        return new NodeDraft("fact", content, List.of("x"), Json.EMPTY, null, null, externalId);
    }

    private Optional<Node> change(AgentKey agent, Node node, UnaryOperator<Node> edit) {
        return appender()
                .changeNode(new NodeChange(agent, node.id(), edit, audit(agent, AuditAction.NODE_CHANGED, Map.of())));
    }

    private boolean remove(AgentKey agent, Node node) {
        return appender().removeNode(agent, node.id(), audit(agent, AuditAction.NODE_REMOVED, Map.of()));
    }

    private List<Node> labelled(AgentKey agent, String label) {
        return storage()
                .nodes()
                .page(agent, new NodeQuery(null, label, null, null, null, null, 200, null))
                .items();
    }

    private static UnaryOperator<Node> content(String content) {
        return node -> node.changedTo(
                new NodeDraft(
                        node.type(),
                        content,
                        node.labels(),
                        node.properties(),
                        node.occurredAt(),
                        node.sessionId(),
                        node.externalId()),
                content.length(),
                NOW.plusSeconds(1),
                Findings.UNSCANNED);
    }

    @Test
    default void answersAKnownNodeWithTheFirst() {
        AgentKey agent = newAgent();
        Node first = add(agent, draft("first", "n1"));
        List<AddedNode> outcome =
                appender().addNodes(nodes(agent, draft("second", "n1"), draft("new", "n2"), draft("newer", "n2")));
        assertEquals(new AddedNode(first.id(), "n1", false), outcome.get(0));
        assertEquals(
                List.of(false, true, false),
                outcome.stream().map(AddedNode::created).toList());
        assertEquals(outcome.get(1).id(), outcome.get(2).id());
        assertEquals(Optional.of(first), storage().nodes().find(agent, first.id()));
    }

    @Test
    default void takesAFullBatch() {
        AgentKey agent = newAgent();
        NodeDraft[] drafts = IntStream.range(0, NodeDraft.MAX_BATCH)
                .mapToObj(i -> draft("n" + i, "n" + i))
                .toArray(NodeDraft[]::new);
        assertTrue(appender().addNodes(nodes(agent, drafts)).stream().allMatch(AddedNode::created));
        assertTrue(appender().addNodes(nodes(agent, drafts)).stream().noneMatch(AddedNode::created));
    }

    @Test
    default void changesANodeAndItsLabels() {
        AgentKey agent = newAgent();
        Node node = add(agent, draft("before", "n1"));
        NodeDraft after =
                new NodeDraft("goal", "after", List.of("y", "z"), Samples.NASTY_JSON, NOW.minusSeconds(5), "s", "n1");
        Optional<Node> changed =
                change(agent, node, current -> current.changedTo(after, 5, NOW.plusSeconds(1), Findings.UNSCANNED));
        assertEquals(Optional.of(node.changedTo(after, 5, NOW.plusSeconds(1), Findings.UNSCANNED)), changed);
        assertEquals(changed, storage().nodes().find(agent, node.id()));
        assertEquals(List.of(), labelled(agent, "x"));
        assertEquals(List.of(changed.orElseThrow()), labelled(agent, "z"));
    }

    @Test
    default void changesNothingWhenTheEditChangesNothingOrFails() {
        AgentKey agent = newAgent();
        Node node = add(agent, draft("same", null));
        assertEquals(Optional.of(node), change(agent, node, UnaryOperator.identity()));
        assertThrows(
                IllegalArgumentException.class,
                () -> change(agent, node, current -> {
                    throw new IllegalArgumentException("no");
                }));
        assertEquals(Optional.of(node), storage().nodes().find(agent, node.id()));
        assertEquals(List.of(AuditAction.NODES_ADDED), auditedActions(agent.organization()));
    }

    @Test
    default void letsConcurrentChangesFollowEachOther() {
        AgentKey agent = newAgent();
        Node node = add(agent, draft("0", null));
        Concurrently.run(
                20,
                i -> change(
                        agent,
                        node,
                        current -> content(Integer.toString(Integer.parseInt(current.content()) + 1))
                                .apply(current)));
        assertEquals(
                "20", storage().nodes().find(agent, node.id()).orElseThrow().content());
    }

    @Test
    default void removesANodeAndFreesItsExternalId() {
        AgentKey agent = newAgent();
        Node node = add(agent, draft("gone", "n1"));
        assertTrue(remove(agent, node));
        assertFalse(remove(agent, node));
        assertEquals(Optional.empty(), storage().nodes().find(agent, node.id()));
        assertEquals(List.of(), labelled(agent, "x"));
        assertEquals(Optional.empty(), change(agent, node, content("back")));
        assertTrue(appender()
                .addNodes(nodes(agent, draft("again", "n1")))
                .getFirst()
                .created());
    }

    @Test
    default void auditsEachChange() {
        AgentKey agent = newAgent();
        Node node = add(agent, draft("a", "n1"));
        add(agent, draft("a", "n1"));
        change(agent, node, content("b"));
        remove(agent, node);
        assertEquals(
                List.of(AuditAction.NODES_ADDED, AuditAction.NODE_CHANGED, AuditAction.NODE_REMOVED),
                auditedActions(agent.organization()));
    }

    @Test
    default void touchesNothingOfAnotherOrganization() {
        AgentKey agent = newAgent();
        Node node = add(agent, draft("mine", null));
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        assertThrows(Refusal.NotFound.class, () -> change(stranger, node, content("theirs")));
        assertThrows(Refusal.NotFound.class, () -> remove(stranger, node));
        assertThrows(Refusal.NotFound.class, () -> appender().addNodes(nodes(stranger, draft("theirs", null))));
        AgentKey neighbour =
                newAgent(agent.organization(), Samples.profile("neighbour")).key();
        assertEquals(Optional.empty(), change(neighbour, node, content("theirs")));
        assertFalse(remove(neighbour, node));
        assertEquals(Optional.of(node), storage().nodes().find(agent, node.id()));
    }

    @Test
    default void letsNoChangeFailForItsNeighbour() {
        AgentKey agent = newAgent();
        List<Node> before = IntStream.range(0, 24)
                .mapToObj(i -> add(agent, draft("before", "n" + i)))
                .toList();
        Concurrently.run(24, i -> {
            Node node = before.get(i);
            switch (i % 4) {
                case 0 -> change(agent, node, content("after"));
                case 1 ->
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> change(agent, node, current -> {
                                throw new IllegalArgumentException("no");
                            }));
                case 2 -> assertTrue(remove(agent, node));
                default -> add(agent, draft("another", null));
            }
            return i;
        });
        assertEquals(
                Map.of("before", 12L, "after", 6L, "another", 6L),
                storage()
                        .nodes()
                        .page(agent, new NodeQuery(null, null, null, null, null, null, 200, null))
                        .items()
                        .stream()
                        .collect(Collectors.groupingBy(Node::content, Collectors.counting())));
        assertEquals(24 + 6 + 6 + 6, auditedActions(agent.organization()).size());
    }

    /** Of those who want the externalId, one has it at a time, whoever gives it back in between. */
    @Test
    default void givesAnExternalIdToOneAtATime() {
        AgentKey agent = newAgent();
        List<Integer> had = Concurrently.run(8, i -> {
            int times = 0;
            for (int round = 0; round < 10; round++) {
                NodeBatch batch = nodes(agent, draft("mine " + i, "wanted"));
                if (appender().addNodes(batch).getFirst().created()) {
                    times++;
                    assertTrue(remove(agent, batch.nodes().getFirst()));
                }
            }
            return times;
        });
        assertEquals(List.of(), labelled(agent, "x"));
        assertEquals(
                2 * had.stream().mapToInt(Integer::intValue).sum(),
                auditedActions(agent.organization()).size());
    }
}
