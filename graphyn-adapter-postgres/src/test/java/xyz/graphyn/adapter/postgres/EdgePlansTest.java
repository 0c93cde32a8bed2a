package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.application.memory.AroundQuery;
import xyz.graphyn.application.memory.AroundQuery.Direction;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.EdgeContract;
import xyz.graphyn.testkit.storage.StaleRowsContract;
import xyz.graphyn.testkit.storage.Storage;

/**
 * How the statements for edges are planned, as the server's role and behind the policies: one agent with 100,000 edges, a
 * tenth of them of one node, among those of others; before PostgreSQL took statistics of them, and after.
 */
@ParameterizedClass(name = "analysed: {0}")
@ValueSource(booleans = {false, true})
class EdgePlansTest implements EdgeContract {
    private static final int ROWS = 100_000;
    private static final int PAGE = 50;
    private static final RulesVersion RULES = RulesVersion.of(1, 0);
    private static final Instant AT = Instant.parse("2025-06-01T00:00:00Z");
    private static final NodeId HUB = node(0);

    private static TestDatabase database;
    private static AgentKey agent;
    private static Plans plans;

    private static NodeId node(int n) {
        return new NodeId(new UUID(0, n));
    }

    private static EdgeId edge(int n) {
        return new EdgeId(new UUID(0, n));
    }

    @BeforeAll
    static void fill() {
        database = TestDatabase.create();
        EdgePlansTest test = new EdgePlansTest(false);
        agent = test.newAgent();
        for (int i = 0; i < 200; i++) {
            test.newAgent(i < 100 ? agent.organization() : test.newOrganization(), Samples.profile("other " + i));
        }
        // Each tenth edge leads from the hub, the others from node to node.
        database.execute("""
            INSERT INTO edge (organization_id, agent_id, edge_id, from_node, to_node, relation, valid_from, valid_to, created_at,
                derived, properties, rules_version)
            SELECT organization_id, agent_id, lpad(to_hex(n), 32, '0')::uuid,
                lpad(to_hex(CASE WHEN n %% 10 = 0 THEN 0 ELSE n %% 20000 END), 32, '0')::uuid,
                lpad(to_hex(n %% 19997), 32, '0')::uuid,
                CASE WHEN n %% 1000 = 0 THEN 'rare' ELSE 'next' END, timestamptz '2025-01-01Z' + n * interval '1 min', NULL,
                now(), n %% 2 = 0, '{}', %d
            FROM agent_head, generate_series(1, CASE WHEN agent_id = '%s' THEN 100000 ELSE 500 END) n""".formatted(RULES.value(), agent.agent()));
        plans = new Plans(database, agent.organization());
        plans.listenTo(database.storage());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    EdgePlansTest(@SuppressWarnings("unused") boolean analysed) {}

    @BeforeParameterizedClassInvocation
    static void takeStatistics(boolean analysed) {
        if (analysed) {
            database.execute("ANALYZE");
        }
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    /** @param most rows that any part of a plan may read */
    record Case(String name, int rows, int most, ToIntFunction<EdgeStore> question) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case page(
            String name, int rows, int most, @Nullable NodeId from, @Nullable NodeId to, @Nullable String relation) {
        EdgeQuery query = new EdgeQuery(from, to, relation, null, null, PAGE, null);
        EdgeQuery behind = new EdgeQuery(from, to, relation, AT.plusSeconds(900_000_000), edge(ROWS + 1), PAGE, RULES);
        return new Case(name, rows, most, edges -> {
            assertEquals(rows, edges.page(agent, behind).items().size());
            return edges.page(agent, query).items().size();
        });
    }

    private static Case around(
            String name, int rows, int most, List<NodeId> nodes, Direction direction, Set<String> of) {
        return new Case(
                name,
                rows,
                most,
                edges -> edges.around(agent, nodes, new AroundQuery(of, direction, AT.plusSeconds(900_000_000), RULES))
                        .edges()
                        .size());
    }

    static List<Case> questions() {
        List<NodeId> many =
                Stream.iterate(1, n -> n + 1).limit(200).map(n -> node(n)).toList();
        return List.of(
                page("all", PAGE, 60, null, null, null),
                page("from a hub", PAGE, 60, HUB, null, null),
                page("from a node", 5, 10, node(7), null, null),
                page("to a node", 6, 10, null, node(7), null),
                page("from a node to a node", 1, 10, node(7), node(7), null),
                page("of a relation", PAGE, 60, null, null, "next"),
                page("of a rare relation", PAGE, 60, null, null, "rare"),
                page("of an absent relation", 0, 1, null, null, "absent"),
                page("from a hub of a rare relation", PAGE, 10_001, HUB, null, "rare"),
                around("around a node", 10, 20, List.of(node(7)), Direction.BOTH, Set.of()),
                around("from a hub", 1_000, 10_010, List.of(HUB), Direction.OUT, Set.of()),
                around("along a rare relation", 100, 10_010, List.of(HUB), Direction.BOTH, Set.of("rare", "absent")),
                around("around many", 1_000, 4_000, many, Direction.BOTH, Set.of()),
                new Case("one", 1, 2, edges -> edges.find(agent, edge(77)).isPresent() ? 1 : 0));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void readsAlongAnIndex(Case question) throws SQLException {
        plans.forget();
        assertEquals(question.rows, question.question.applyAsInt(storage().edges()));
        assertPlans(question, "");
    }

    private static void assertPlans(Case question, String of) throws SQLException {
        // The first page along an index that is cold is as far down as it is deep, and each row may lie on another.
        int pages = 4 * question.most + 50;
        for (JsonNode plan : plans.of(of)) {
            Plans.assertReadsLittle(question, plan, List.of("edge"), question.most, pages);
        }
    }

    @Test
    void passesOverWhatIsSearchedAlongTheKey() throws SQLException {
        database.execute("DELETE FROM agent_rules WHERE agent_id <> '" + agent.agent()
                + "'; UPDATE agent_rules SET event_seq = 1000000, node_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff', edge_id = '"
                + edge(ROWS / 2) + "', taken_until = '-infinity'");
        plans.forget();
        assertTrue(storage().staleRows().searchAgain(1, StaleRowsContract.Detection.by(RULES)));
        assertPlans(new Case("searching again", 0, 1_100, edges -> 0), "FROM edge");
    }

    @Test
    void findsWhetherAFactIsToldAlreadyByItsKey() throws SQLException {
        Edge edge = tell(agent, Findings.none(RULES), draft(newNode(agent), newNode(agent), "knows"));
        plans.forget();
        assertEquals(edge, tell(agent, Findings.none(RULES), edge.draft()));
        assertPlans(new Case("the same fact", 1, 2, edges -> 0), "FROM edge");
    }
}
