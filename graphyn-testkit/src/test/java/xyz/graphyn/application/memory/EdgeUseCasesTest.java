package xyz.graphyn.application.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.AroundQuery.Direction;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Samples;

class EdgeUseCasesTest {
    private static final EdgeQuery ALL = new EdgeQuery(null, null, null, null, null, 50, null);
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final String CARD = "4242424242424242";

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Ada's"))
            .value()
            .id();

    private NodeId node(String content) {
        return graphyn.manageNodes
                .add(graphyn.ada, agent, Samples.node(content))
                .node()
                .value()
                .id();
    }

    private static EdgeDraft draft(NodeId from, NodeId to, String relation, @Nullable Instant validTo) {
        return new EdgeDraft(from, to, relation, Json.EMPTY, null, validTo);
    }

    private Edge tell(NodeId from, NodeId to, String relation) {
        return graphyn.manageEdges
                .add(graphyn.ada, agent, draft(from, to, relation, null))
                .edge()
                .value();
    }

    private Edge found(NodeId from, NodeId to) {
        Edge told = tell(from, to, "mentions");
        graphyn.manageEdges.remove(graphyn.ada, agent, told.id());
        Edge derived = new Edge(
                told.id(),
                agent,
                from,
                to,
                "mentions",
                Json.EMPTY,
                null,
                null,
                true,
                told.createdAt(),
                told.findings());
        return graphyn.storage
                .appender()
                .addEdge(new NewEdge(
                        new AgentKey(graphyn.acme, agent),
                        derived,
                        outcome -> entries(AuditAction.EDGES_ADDED).getFirst()))
                .edge();
    }

    private List<AuditEntry> entries(AuditAction action) {
        return graphyn.storage.auditReader().entries(graphyn.acme).stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }

    private Neighbourhood around(NodeId start, int depth, int limit, Direction direction, String... relations) {
        return around(graphyn.ada, start, depth, limit, direction, relations).value();
    }

    private Masked<Neighbourhood> around(
            Caller caller, NodeId start, int depth, int limit, Direction direction, String... relations) {
        return graphyn.edgeQueries.neighbours(
                caller, agent, start, depth, new AroundQuery(Set.of(relations), direction, null, null), limit);
    }

    private static List<String> found(Neighbourhood around) {
        return around.items().stream()
                .map(item -> item.node().content() + item.depth())
                .toList();
    }

    @Test
    void addsAndAnswersWhatWillBeRead() {
        NodeId a = node("a");
        ManageEdges.One one = graphyn.manageEdges.add(graphyn.ada, agent, draft(a, node("b"), "knows", null));
        assertTrue(one.created());
        assertFalse(one.edge().value().derived());
        assertEquals(
                one.edge().value(),
                graphyn.edgeQueries
                        .get(graphyn.vera, agent, one.edge().value().id())
                        .value());
        assertEquals(
                List.of(one.edge().value()),
                graphyn.edgeQueries.list(graphyn.vera, agent, ALL).value().items());
        assertEquals(1, graphyn.memoryQueries.state(graphyn.vera, agent).edges());
        ManageEdges.One again =
                graphyn.manageEdges.add(graphyn.ada, agent, one.edge().value().draft());
        assertFalse(again.created());
        assertEquals(one.edge().value(), again.edge().value());
        AuditEntry entry = entries(AuditAction.EDGES_ADDED).getFirst();
        assertEquals(
                new AuditEntry.Target(
                        AuditEntry.Target.Kind.EDGE,
                        agent.value(),
                        one.edge().value().id().value()),
                entry.target());
        assertEquals(Map.of("count", "1"), entry.details());
    }

    @Test
    void closesAFactAndKeepsWhatItIsBetween() {
        Edge edge = tell(node("a"), node("b"), "lives_in");
        Edge closed = graphyn.manageEdges
                .change(
                        graphyn.ada,
                        agent,
                        edge.id(),
                        present -> draft(present.from(), present.to(), present.relation(), NOW))
                .value();
        assertEquals(NOW, closed.validTo());
        assertEquals(1, entries(AuditAction.EDGE_CHANGED).size());
        assertEquals(
                closed,
                graphyn.manageEdges
                        .change(graphyn.ada, agent, edge.id(), present -> present)
                        .value());
        assertEquals(1, entries(AuditAction.EDGE_CHANGED).size());
        assertThrows(
                Invalid.class,
                () -> graphyn.manageEdges.change(
                        graphyn.ada,
                        agent,
                        edge.id(),
                        present -> draft(present.to(), present.from(), present.relation(), null)));
    }

    @Test
    void standsByWhatMemoryFoundOnceSomebodyChangesIt() {
        Edge edge = found(node("a"), node("b"));
        assertTrue(
                graphyn.edgeQueries.get(graphyn.ada, agent, edge.id()).value().derived());
        Edge told = graphyn.manageEdges
                .change(graphyn.ada, agent, edge.id(), present -> present)
                .value();
        assertEquals(edge.asTold(), told);
        assertEquals(1, entries(AuditAction.EDGE_CHANGED).size());
        Edge other = found(node("c"), node("d"));
        ManageEdges.One again = graphyn.manageEdges.add(graphyn.ada, agent, other.draft());
        assertFalse(again.created());
        assertEquals(other.asTold(), again.edge().value());
        assertEquals(2, entries(AuditAction.EDGE_CHANGED).size());
    }

    @Test
    void removesAnEdgeOnce() {
        Edge edge = tell(node("a"), node("b"), "knows");
        graphyn.manageEdges.remove(graphyn.ada, agent, edge.id());
        assertThrows(Refusal.NotFound.class, () -> graphyn.manageEdges.remove(graphyn.ada, agent, edge.id()));
        assertThrows(Refusal.NotFound.class, () -> graphyn.edgeQueries.get(graphyn.ada, agent, edge.id()));
        assertThrows(
                Refusal.NotFound.class,
                () -> graphyn.manageEdges.change(graphyn.ada, agent, edge.id(), present -> present));
        assertEquals(1, entries(AuditAction.EDGE_REMOVED).size());
    }

    @Test
    void letsOnlyWritersChangeAndOnlyReadersRead() {
        Edge edge = tell(node("a"), node("b"), "knows");
        for (Caller reader : List.of(graphyn.max, graphyn.vera, graphyn.otto)) {
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageEdges.add(reader, agent, edge.draft()));
            assertThrows(
                    Refusal.NotAllowed.class,
                    () -> graphyn.manageEdges.change(reader, agent, edge.id(), present -> present));
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageEdges.remove(reader, agent, edge.id()));
        }
        assertThrows(Refusal.NotAllowed.class, () -> graphyn.edgeQueries.list(graphyn.otto, agent, ALL));
        assertThrows(Refusal.NotAllowed.class, () -> around(graphyn.otto, edge.from(), 1, 50, Direction.BOTH));
        assertThrows(Refusal.NotFound.class, () -> graphyn.edgeQueries.get(graphyn.stranger, agent, edge.id()));
        assertThrows(Refusal.NotFound.class, () -> around(graphyn.stranger, edge.from(), 1, 50, Direction.BOTH));
        assertThrows(Refusal.NotFound.class, () -> graphyn.manageEdges.add(graphyn.stranger, agent, edge.draft()));
    }

    @Test
    void walksLevelByLevelAndComesToEachNodeOnce() {
        NodeId a = node("a");
        NodeId b = node("b");
        NodeId c = node("c");
        NodeId d = node("d");
        Edge ab = tell(a, b, "knows");
        Edge ac = tell(c, a, "knows");
        Edge bd = tell(b, d, "knows");
        Edge cd = tell(d, c, "knows");
        Edge loop = tell(a, a, "is");
        Edge far = tell(d, node("e"), "knows");
        Neighbourhood one = around(a, 1, 50, Direction.BOTH);
        assertEquals(List.of("c1", "b1"), found(one));
        assertEquals(List.of(loop, ac, ab), one.edges());
        Neighbourhood two = around(a, 2, 50, Direction.BOTH);
        assertEquals(List.of("c1", "b1", "d2"), found(two));
        assertEquals(List.of(loop, ac, ab, cd, bd), two.edges());
        Neighbourhood three = around(a, 3, 50, Direction.BOTH);
        assertEquals(List.of("c1", "b1", "d2", "e3"), found(three));
        assertEquals(List.of(loop, ac, ab, cd, bd, far), three.edges());
        assertFalse(three.truncated());
        assertEquals(List.of("b1", "d2", "e3", "c3"), found(around(a, 3, 50, Direction.OUT)));
        assertEquals(List.of("c1", "d2", "b3"), found(around(a, 3, 50, Direction.IN)));
        assertEquals(List.of(loop), around(a, 3, 50, Direction.BOTH, "is").edges());
        assertEquals(List.of(), found(around(a, 3, 50, Direction.BOTH, "is", "absent")));
    }

    @Test
    void stopsAtItsLimitAndSaysSo() {
        NodeId hub = node("hub");
        for (int i = 0; i < 5; i++) {
            tell(hub, node("n" + i), "knows");
        }
        Neighbourhood three = around(hub, 1, 3, Direction.BOTH);
        assertEquals(List.of("n41", "n31", "n21"), found(three));
        assertEquals(3, three.edges().size());
        assertTrue(three.truncated());
        assertFalse(around(hub, 1, 5, Direction.BOTH).truncated());
    }

    @Test
    void answersForANodeThatStandsAloneButNotForNone() {
        NodeId alone = node("alone");
        assertEquals(new Neighbourhood(List.of(), List.of(), false), around(alone, 3, 50, Direction.BOTH));
        NodeId nobody = new NodeId(agent.value());
        assertThrows(Refusal.NotFound.class, () -> around(nobody, 1, 50, Direction.BOTH));
    }

    @Test
    void showsEachReaderAsMuchOfAnEdgeAsTheyMaySee() {
        NodeId a = node("a");
        NodeId b = node("write to bea@example.com");
        Edge edge = graphyn.manageEdges
                .add(
                        graphyn.ada,
                        agent,
                        new EdgeDraft(a, b, CARD, new Json("{\"by\":\"ada@example.com\"}"), null, null))
                .edge()
                .value();
        assertEquals(CARD, edge.relation());
        assertEquals(
                "CREDIT_CARD 1, EMAIL 1",
                entries(AuditAction.EDGES_ADDED).getFirst().details().get("raw"));
        Masked<Edge> seen = graphyn.edgeQueries.get(graphyn.vera, agent, edge.id());
        assertEquals("[CREDIT_CARD]", seen.value().relation());
        assertEquals("{\"by\":\"[EMAIL]\"}", seen.value().properties().text());
        assertEquals(2, seen.hidden());
        Masked<Neighbourhood> around = around(graphyn.max, a, 1, 50, Direction.BOTH);
        assertEquals(List.of("write to b***@example.com1"), found(around.value()));
        assertEquals(
                "{\"by\":\"a***@example.com\"}",
                around.value().edges().getFirst().properties().text());
        assertEquals(3, around.hidden());
        assertEquals(
                Map.of("partial", "CREDIT_CARD 1, EMAIL 2", "neighbours", "1", "edges", "1"),
                entries(AuditAction.DATA_DISCLOSED).getLast().details());
        assertFalse(entries(AuditAction.DATA_DISCLOSED).toString().contains("ada@"));
    }

    @Test
    void letsNobodyGuessARelationThatIsHiddenFromThem() {
        NodeId a = node("a");
        tell(a, node("b"), CARD);
        EdgeQuery guess = new EdgeQuery(null, null, CARD, null, null, 50, null);
        assertEquals(
                1,
                graphyn.edgeQueries
                        .list(graphyn.ada, agent, guess)
                        .value()
                        .items()
                        .size());
        assertEquals(
                1,
                around(graphyn.ada, a, 1, 50, Direction.BOTH, CARD)
                        .value()
                        .items()
                        .size());
        for (Caller reader : List.of(graphyn.max, graphyn.vera)) {
            assertEquals(
                    List.of(),
                    graphyn.edgeQueries.list(reader, agent, guess).value().items());
            assertEquals(
                    new Neighbourhood(List.of(), List.of(), false),
                    around(reader, a, 1, 50, Direction.BOTH, CARD).value());
        }
    }
}
