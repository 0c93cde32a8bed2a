package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryLinks.Linked;
import xyz.graphyn.application.append.MemoryLinks.Similar;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;
import xyz.graphyn.domain.memory.NodeKey.Kind;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.MemoryContract;
import xyz.graphyn.testkit.storage.Storage;

/**
 * How the statements that link memory are planned: one agent with 100,000 nodes that are linked, each tenth of which names the
 * same, and each tenth of which states something newer of the same, among those of others; after PostgreSQL took statistics of
 * them.
 */
@ParameterizedClass(name = "analysed: {0}")
@ValueSource(booleans = {false, true})
class LinkPlansTest implements MemoryContract {
    private static final int ROWS = 100_000;
    private static final int EMBEDDED_FROM = 97_000;

    /** To which all of the later ones are similar that are embedded. */
    private static final int LIKED = 98_000;

    private static final int LINKED = 12;
    private static final RulesVersion RULES = RulesVersion.of(1, 0);
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<String> ALL = List.of("node", "node_key", "edge", "node_embedding");

    private static final List<String> FILL = List.of("""
            INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id, content,
                labels, properties, rules_version, tokens, memory_version, embedding_model, superseded_by, superseded_at)
            SELECT organization_id, agent_id, id(n), at(n), now(), now(), 'message', 's' || n / 50, 'text', '{}', '{}', RULES, 1, n,
                CASE WHEN n > EMBEDDED THEN 'small-1' ELSE '' END,
                CASE WHEN n % 10 = 5 AND n + 10 <= rows THEN id(n + 10) END,
                CASE WHEN n % 10 = 5 AND n + 10 <= rows THEN at(n + 10) END
            FROM SOME""", """
            INSERT INTO node_embedding (organization_id, agent_id, node_id, starts, ends, vectors)
            SELECT organization_id, agent_id, node_id, '{0}', '{4}', '\\x0102030405060708' FROM node WHERE embedding_model <> ''""", """
            INSERT INTO node_key (organization_id, agent_id, node_id, key, name, occurred_at, rules_version)
            SELECT organization_id, agent_id, id(n), key, CASE WHEN key LIKE 'n:%' THEN upper(key) END, at(n), RULES
            FROM SOME, LATERAL (VALUES ('n:place ' || n % 1000), ('d:' || n), (CASE WHEN n % 2 = 0 THEN 's:ann' END),
                (CASE WHEN n % 10 = 0 THEN 'n:ann' END), (CASE WHEN n % 10 = 5 THEN 'u:work' END)) AS own (key)
            WHERE key IS NOT NULL""", """
            INSERT INTO edge (organization_id, agent_id, edge_id, from_node, to_node, relation, created_at, derived, properties,
                rules_version)
            SELECT organization_id, agent_id, id(10 * n + kind), id(n), id(to_n), relation, now(), true, properties::json, RULES
            FROM SOME, LATERAL (VALUES
                (1, n + 1, 'next', '{}', n / 50 = (n + 1) / 50 AND n < rows),
                (2, n - 10, 'mentions', '{"names":["N:ANN"]}', n % 10 = 0 AND n > 10),
                (3, n - 1000, 'mentions', '{"names":["N:PLACE ' || n % 1000 || '"]}', n > 1000),
                (4, n - 3, 'similar', '{"score":0.9}', n > EMBEDDED),
                (5, LIKED, 'similar', '{"score":0.8}', n > LIKED)) AS own (kind, to_n, relation, properties, held)
            WHERE own.held
            ON CONFLICT DO NOTHING""", """
            UPDATE agent_head SET memory_version = rows, linked_version = rows, nodes = rows
            FROM SOME WHERE n = 1 AND agent_head.agent_id = whose.agent_id""");

    private static TestDatabase database;
    private static PostgresStorage telling;
    private static AgentKey agent;
    private static Plans plans;

    @BeforeAll
    static void fill() {
        database = TestDatabase.create();
        // As PlansTest says, of the appender only.
        telling = database.openWith("?preferQueryMode=simple");
        LinkPlansTest test = new LinkPlansTest(false);
        agent = test.newAgent();
        for (int i = 0; i < 100; i++) {
            test.newAgent(i < 50 ? agent.organization() : test.newOrganization(), Samples.profile("other " + i));
        }
        String some =
                "(SELECT organization_id, agent_id, CASE WHEN agent_id = '%s' THEN %d ELSE 300 END AS rows FROM agent) whose, generate_series(1, whose.rows) n"
                        .formatted(agent.agent(), ROWS);
        for (String statement : FILL) {
            database.execute(statement
                    .replaceAll("\\bid\\(([^)]*)\\)", "lpad(to_hex($1), 32, '0')::uuid")
                    .replaceAll("\\bat\\(([^)]*)\\)", "(timestamptz '2025-01-01Z' + ($1) * interval '1 min')")
                    .replace("SOME", some)
                    .replace("RULES", Long.toString(RULES.value()))
                    .replace("EMBEDDED", Integer.toString(EMBEDDED_FROM))
                    .replace("LIKED", Integer.toString(LIKED)));
        }
        plans = new Plans(database, agent.organization());
        plans.listenTo(database.storage());
        plans.listenTo(telling);
    }

    @AfterAll
    static void close() {
        telling.close();
        database.close();
    }

    LinkPlansTest(@SuppressWarnings("unused") boolean analysed) {}

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

    private static NodeId node(int n) {
        return new NodeId(new UUID(0, n));
    }

    private static Instant minute(int n) {
        return START.plusSeconds(60L * n);
    }

    private static NodeKey name(String name) {
        return new NodeKey(Kind.NAME, "n:" + name, "N:" + name);
    }

    private static NodeKey work() {
        return new NodeKey(Kind.STATEMENT, "u:work", null);
    }

    private static List<NodeKey> keys(int n) {
        List<NodeKey> keys =
                new ArrayList<>(List.of(name("place " + n % 1000), new NodeKey(Kind.SAME_WORDS, "d:" + n, null)));
        if (n % 10 == 0) {
            keys.add(name("ann"));
        }
        if (n % 10 == 5) {
            keys.add(work());
        }
        return keys;
    }

    private void link(List<Linked> linked) {
        plans.forget();
        boolean done = telling.appender()
                .link(new MemoryLinks(
                        agent,
                        storage().links().linkedVersion(agent),
                        storage().memoryChanges().version(agent).orElseThrow(),
                        linked,
                        () -> new EdgeId(IDS.next()),
                        NOW));
        assertTrue(done);
    }

    private static void assertReadsLittle(String question, int rows) throws SQLException {
        assertReadsLittle(question, "", rows);
    }

    private static void assertReadsLittle(String question, String of, int rows) throws SQLException {
        for (JsonNode plan : plans.of(of)) {
            Plans.assertReadsLittle(question, plan, ALL, rows, 8 * rows);
        }
    }

    private NodeId lateComer(int after, String content) {
        return add(
                        agent,
                        new NodeDraft(
                                "message",
                                content,
                                List.of(),
                                Json.EMPTY,
                                minute(after).plusSeconds(7),
                                "s" + after / 50,
                                null))
                .id();
    }

    private List<String> edges(NodeId from) {
        return database.read("SELECT relation || ' ' || to_node FROM edge WHERE agent_id = '" + agent.agent()
                + "' AND from_node = '" + from + "' ORDER BY 1");
    }

    @Test
    void linksAgainInTheMiddleAlongIndexes() throws SQLException {
        link(IntStream.range(ROWS / 2, ROWS / 2 + LINKED)
                .mapToObj(n -> new Linked(node(n), keys(n), List.of()))
                .toList());
        assertReadsLittle("in the middle", 20 * LINKED);
        assertEquals(
                List.of("mentions " + node(ROWS / 2 + 1 - 1_000), "next " + node(ROWS / 2 + 2)),
                edges(node(ROWS / 2 + 1)));
    }

    @Test
    void linksAgainAtTheEndAlongIndexes() throws SQLException {
        link(IntStream.rangeClosed(ROWS - LINKED, ROWS)
                .mapToObj(n -> new Linked(
                        node(n),
                        keys(n),
                        List.of(new Similar(node(n - 3), 0.9, false), new Similar(node(LIKED), 0.8, true))))
                .toList());
        // Of what many are similar to, the edges are looked at for those that say the same.
        assertReadsLittle("at the end", 2_500);
    }

    @Test
    void linksLateComersBetweenOthersAlongIndexes() throws SQLException {
        List<Linked> linked = new ArrayList<>();
        for (int i = 0; i < LINKED; i++) {
            NodeId late = lateComer(ROWS / 2 + 100 + 50 * i, "late " + i);
            linked.add(new Linked(late, List.of(name("ann"), work()), List.of()));
        }
        link(linked);
        assertReadsLittle("late-comers", 20 * LINKED);
        NodeId first = linked.getFirst().node();
        assertTrue(edges(first).contains("next " + node(ROWS / 2 + 101)), () -> edges(first) + "");
        assertEquals(
                List.of(node(ROWS / 2 + 105).toString()),
                database.read("SELECT superseded_by FROM node WHERE node_id = '" + first + "'"));
    }

    @Test
    void freesTheOneBeforeARemovedNodeAlongIndexes() throws SQLException {
        for (int n : new int[] {70_000, 70_005, LIKED}) {
            NodeId late = lateComer(n, "to be removed");
            link(List.of(new Linked(late, List.of(name("ann"), work()), List.of())));
            plans.forget();
            assertTrue(telling.appender().removeNode(agent, late, audit(agent, AuditAction.NODE_REMOVED, Map.of())));
            assertReadsLittle("removing", "superseded_by", 200);
        }
    }

    @Test
    void readsWhatIsBeforeAndKnownAlongIndexes() throws SQLException {
        for (int n : new int[] {10, ROWS / 2, ROWS - 500, ROWS}) {
            plans.forget();
            int before = storage()
                    .links()
                    .before(agent, minute(n), node(n), MODEL, 2_000)
                    .size();
            assertTrue(before >= Math.min(n - 1, 2_000));
            assertReadsLittle("before " + n, 2_001);
        }
        Set<String> asked = Set.of("n:ann", "s:ann", "n:place 7", "n:nobody", "s:nobody");
        assertEquals(Set.of("n:ann", "s:ann", "n:place 7"), storage().links().known(agent, asked));
        plans.forget();
        // For the text of the statement: it sees nothing.
        assertEquals(Set.of(), telling.links().known(agent, asked));
        assertReadsLittle("known", 10);
    }
}
