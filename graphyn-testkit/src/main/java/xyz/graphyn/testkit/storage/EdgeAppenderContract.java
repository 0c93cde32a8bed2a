package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.AddedEdge.Outcome;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link Appender}, as far as it changes edges. */
public interface EdgeAppenderContract extends EdgeContract {
    private Appender appender() {
        return storage().appender();
    }

    private AddedEdge add(AgentKey agent, EdgeDraft draft) {
        return appender().addEdge(edge(agent, Findings.UNSCANNED, draft));
    }

    private Optional<Edge> change(AgentKey agent, Edge edge, UnaryOperator<Edge> edit) {
        return appender()
                .changeEdge(new EdgeChange(agent, edge.id(), edit, audit(agent, AuditAction.EDGE_CHANGED, Map.of())));
    }

    private boolean remove(AgentKey agent, Edge edge) {
        return appender().removeEdge(agent, edge.id(), audit(agent, AuditAction.EDGE_REMOVED, Map.of()));
    }

    private boolean removeNode(AgentKey agent, Node node) {
        return appender().removeNode(agent, node.id(), audit(agent, AuditAction.NODE_REMOVED, Map.of()));
    }

    private static UnaryOperator<Edge> spanning(@Nullable Instant from, @Nullable Instant to) {
        return edge -> edge.changedTo(
                new EdgeDraft(edge.from(), edge.to(), edge.relation(), edge.properties(), from, to),
                Findings.UNSCANNED);
    }

    private MemoryState state(AgentKey agent) {
        return storage().memory().state(agent, NOW).orElseThrow();
    }

    @Test
    default void answersAFactToldAgainWithTheFirst() {
        AgentKey agent = newAgent();
        NodeId from = newNode(agent);
        NodeId to = newNode(agent);
        for (Instant since : new Instant[] {null, NOW}) {
            AddedEdge first = add(agent, new EdgeDraft(from, to, "knows", Samples.NASTY_JSON, since, null));
            AddedEdge again = add(agent, new EdgeDraft(from, to, "knows", Json.EMPTY, since, NOW.plusSeconds(9)));
            assertEquals(Outcome.CREATED, first.outcome());
            assertEquals(new AddedEdge(first.edge(), Outcome.KNOWN), again);
            assertEquals(
                    Optional.of(first.edge()),
                    storage().edges().find(agent, first.edge().id()));
        }
        for (EdgeDraft another : List.of(
                new EdgeDraft(from, to, "knows", Json.EMPTY, NOW.plusNanos(1_000), null),
                new EdgeDraft(from, to, "Knows", Json.EMPTY, null, null),
                new EdgeDraft(to, from, "knows", Json.EMPTY, null, null),
                new EdgeDraft(from, from, "knows", Json.EMPTY, null, null))) {
            assertEquals(Outcome.CREATED, add(agent, another).outcome());
        }
        assertEquals(6, edges(agent).size());
        assertEquals(6, state(agent).edges());
    }

    @Test
    default void refusesAnEdgeWhoseNodesAreNotThere() {
        AgentKey agent = newAgent();
        NodeId here = newNode(agent);
        NodeId elsewhere = newNode(
                newAgent(agent.organization(), Samples.profile("neighbour")).key());
        NodeId nowhere = new NodeId(IDS.next());
        for (NodeId missing : List.of(elsewhere, nowhere)) {
            for (Map.Entry<String, EdgeDraft> refused : Map.of(
                            "/to", draft(here, missing, "knows"),
                            "/from", draft(missing, here, "knows"))
                    .entrySet()) {
                Invalid invalid = assertThrows(Invalid.class, () -> add(agent, refused.getValue()));
                assertEquals(refused.getKey(), invalid.violations().getFirst().pointer());
                assertEquals("unknown-node", invalid.violations().getFirst().code());
            }
        }
        assertEquals(List.of(), edges(agent));
        assertEquals(List.of(AuditAction.NODES_ADDED, AuditAction.NODES_ADDED), auditedActions(agent.organization()));
    }

    @Test
    default void changesAnEdge() {
        AgentKey agent = newAgent();
        Edge edge = tell(agent, newNode(agent), newNode(agent), "lives_in");
        Optional<Edge> closed = change(
                agent,
                edge,
                present -> present.changedTo(
                        new EdgeDraft(edge.from(), edge.to(), "lives_in", Samples.NASTY_JSON, NOW.minusSeconds(5), NOW),
                        Findings.UNSCANNED));
        assertEquals(Optional.of(NOW), closed.map(Edge::validTo));
        assertEquals(closed, storage().edges().find(agent, edge.id()));
        Optional<Edge> open = change(agent, edge, spanning(null, null));
        assertEquals(open, storage().edges().find(agent, edge.id()));
        assertEquals(Optional.empty(), open.map(Edge::validTo));
    }

    @Test
    default void changesNoEdgeWhenTheEditChangesNothingOrFails() {
        AgentKey agent = newAgent();
        Edge edge = tell(agent, newNode(agent), newNode(agent), "knows");
        long version = state(agent).memoryVersion();
        assertEquals(Optional.of(edge), change(agent, edge, UnaryOperator.identity()));
        assertThrows(
                IllegalArgumentException.class,
                () -> change(agent, edge, present -> {
                    throw new IllegalArgumentException("no");
                }));
        assertEquals(Optional.of(edge), storage().edges().find(agent, edge.id()));
        assertEquals(version, state(agent).memoryVersion());
        assertEquals(
                AuditAction.EDGES_ADDED, auditedActions(agent.organization()).getLast());
    }

    @Test
    default void refusesAChangeIntoAFactThatAnotherEdgeTells() {
        AgentKey agent = newAgent();
        Edge edge = tell(agent, newNode(agent), newNode(agent), "knows");
        Edge since = add(agent, new EdgeDraft(edge.from(), edge.to(), "knows", Json.EMPTY, NOW, null))
                .edge();
        assertThrows(Refusal.Conflict.class, () -> change(agent, edge, spanning(NOW, null)));
        assertThrows(Refusal.Conflict.class, () -> change(agent, since, spanning(null, null)));
        assertEquals(Optional.of(edge), storage().edges().find(agent, edge.id()));
        assertTrue(remove(agent, since));
        assertEquals(Optional.of(NOW), change(agent, edge, spanning(NOW, null)).map(Edge::validFrom));
    }

    @Test
    default void confirmsWhatMemoryHasFoundAndSomebodyTells() {
        AgentKey agent = newAgent();
        Edge found = found(agent, newNode(agent), newNode(agent), "mentions");
        assertEquals(
                Outcome.KNOWN,
                appender().addEdge(foundEdge(agent, found.draft())).outcome());
        AddedEdge told = add(agent, found.draft());
        assertEquals(new AddedEdge(found.asTold(), Outcome.CONFIRMED), told);
        assertEquals(Optional.of(found.asTold()), storage().edges().find(agent, found.id()));
        assertEquals(Outcome.KNOWN, add(agent, found.draft()).outcome());
        assertEquals(
                Outcome.KNOWN,
                appender().addEdge(foundEdge(agent, found.draft())).outcome());
        assertFalse(storage().edges().find(agent, found.id()).orElseThrow().derived());
        assertEquals(1, state(agent).edges());
    }

    @Test
    default void raisesTheVersionOfMemoryWithEveryChangeOfAnEdge() {
        AgentKey agent = newAgent();
        NodeId node = newNode(agent);
        long version = state(agent).memoryVersion();
        Edge edge = tell(agent, node, node, "is");
        assertEquals(version + 1, state(agent).memoryVersion());
        tell(agent, node, node, "is");
        assertEquals(version + 1, state(agent).memoryVersion());
        change(agent, edge, spanning(null, NOW));
        assertEquals(version + 2, state(agent).memoryVersion());
        remove(agent, edge);
        assertEquals(version + 3, state(agent).memoryVersion());
        assertEquals(
                version + 3, storage().memoryChanges().since(agent, 0, "m", 100).version());
    }

    @Test
    default void auditsEachChangeOfAnEdge() {
        AgentKey agent = newAgent();
        Edge edge = tell(agent, newNode(agent), newNode(agent), "knows");
        tell(agent, edge.from(), edge.to(), "knows");
        change(agent, edge, spanning(null, NOW));
        assertTrue(remove(agent, edge));
        assertFalse(remove(agent, edge));
        assertEquals(
                List.of(
                        AuditAction.NODES_ADDED,
                        AuditAction.NODES_ADDED,
                        AuditAction.EDGES_ADDED,
                        AuditAction.EDGE_CHANGED,
                        AuditAction.EDGE_REMOVED),
                auditedActions(agent.organization()));
        assertEquals(Optional.empty(), storage().edges().find(agent, edge.id()));
        assertEquals(0, state(agent).edges());
    }

    @Test
    default void takesTheEdgesOfANodeAlong() {
        AgentKey agent = newAgent();
        Node node = add(agent, Samples.node("gone"));
        NodeId left = newNode(agent);
        NodeId right = newNode(agent);
        tell(agent, node.id(), left, "knows");
        tell(agent, right, node.id(), "knows");
        tell(agent, node.id(), node.id(), "knows");
        found(agent, left, node.id(), "mentions");
        Edge stays = tell(agent, left, right, "knows");
        assertEquals(5, state(agent).edges());
        assertTrue(removeNode(agent, node));
        assertEquals(List.of(stays), edges(agent));
        assertEquals(1, state(agent).edges());
    }

    @Test
    default void touchesNoEdgeOfAnotherOrganization() {
        AgentKey agent = newAgent();
        Edge edge = tell(agent, newNode(agent), newNode(agent), "knows");
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        assertThrows(Refusal.NotFound.class, () -> add(stranger, edge.draft()));
        assertThrows(Refusal.NotFound.class, () -> change(stranger, edge, spanning(null, NOW)));
        assertThrows(Refusal.NotFound.class, () -> remove(stranger, edge));
        AgentKey neighbour =
                newAgent(agent.organization(), Samples.profile("neighbour")).key();
        assertThrows(Invalid.class, () -> add(neighbour, edge.draft()));
        assertEquals(Optional.empty(), change(neighbour, edge, spanning(null, NOW)));
        assertFalse(remove(neighbour, edge));
        assertEquals(List.of(edge), edges(agent));
    }

    @Test
    default void makesOneEdgeOfAFactThatManyTellAtOnce() {
        AgentKey agent = newAgent();
        EdgeDraft draft = draft(newNode(agent), newNode(agent), "knows");
        List<Outcome> outcomes = Concurrently.run(20, i -> add(agent, draft).outcome());
        assertEquals(1, outcomes.stream().filter(Outcome.CREATED::equals).count());
        assertEquals(1, edges(agent).size());
        assertEquals(1, state(agent).edges());
    }

    @Test
    default void letsConcurrentChangesOfAnEdgeFollowEachOther() {
        AgentKey agent = newAgent();
        Edge edge = add(agent, new EdgeDraft(newNode(agent), newNode(agent), "is", Json.EMPTY, null, NOW))
                .edge();
        Concurrently.run(
                20,
                i -> change(agent, edge, present -> {
                    Instant end = Optional.ofNullable(present.validTo()).orElseThrow();
                    return spanning(null, end.plusSeconds(1)).apply(present);
                }));
        assertEquals(
                NOW.plusSeconds(20),
                storage().edges().find(agent, edge.id()).orElseThrow().validTo());
    }

    /** Whoever tells of a node either comes before its end, or learns of it. */
    @Test
    default void leavesNoEdgeToANodeThatIsRemovedMeanwhile() {
        AgentKey agent = newAgent();
        NodeId stays = newNode(agent);
        for (int round = 0; round < 5; round++) {
            AtomicReference<Node> node = new AtomicReference<>(add(agent, Samples.node("short-lived")));
            List<Boolean> told = Concurrently.run(12, i -> {
                NodeId end = node.get().id();
                if (i == 6) {
                    return removeNode(agent, node.get());
                }
                try {
                    add(agent, i % 2 == 0 ? draft(stays, end, "r" + i) : draft(end, stays, "r" + i));
                    return true;
                } catch (Invalid gone) {
                    return false;
                }
            });
            assertTrue(told.get(6));
            assertEquals(List.of(), edges(agent));
            assertEquals(0, state(agent).edges());
        }
    }

    @Test
    default void letsNoEdgeFailForItsNeighbour() {
        AgentKey agent = newAgent();
        NodeId here = newNode(agent);
        NodeId there = newNode(agent);
        NewEdge unaudited = new NewEdge(
                agent,
                edge(agent, Findings.UNSCANNED, draft(here, there, "unaudited")).edge(),
                outcome -> {
                    throw new IllegalStateException("no entry");
                });
        Concurrently.run(24, i -> {
            switch (i % 3) {
                case 0 -> tell(agent, here, there, "r" + i);
                case 1 -> assertThrows(Invalid.class, () -> add(agent, draft(here, new NodeId(IDS.next()), "r")));
                default ->
                    assertThrows(IllegalStateException.class, () -> appender().addEdge(unaudited));
            }
            return i;
        });
        assertEquals(8, edges(agent).size());
        assertEquals(8, state(agent).edges());
    }
}
