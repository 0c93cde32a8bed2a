package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.memory.AroundQuery;
import xyz.graphyn.application.memory.AroundQuery.Direction;
import xyz.graphyn.application.memory.EdgeStore.Around;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.storage.EdgeContract;
import xyz.graphyn.testkit.storage.Storage;

/** Edges on several servers, and nodes that have very many. */
@Timeout(60)
class EdgeAppendTest implements EdgeContract {
    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    private boolean removeNode(Appender appender, AgentKey agent, NodeId node) {
        return appender.removeNode(agent, node, audit(agent, AuditAction.NODE_REMOVED, Map.of()));
    }

    private long counted(AgentKey agent) {
        return storage().memory().state(agent, NOW).orElseThrow().edges();
    }

    @Test
    void leavesNoEdgeToANodeThatAnotherServerRemovesMeanwhile() {
        AgentKey agent = newAgent();
        NodeId stays = newNode(agent);
        try (PostgresStorage second = database.open(4)) {
            for (int round = 0; round < 20; round++) {
                NodeId goes = newNode(agent);
                List<Boolean> outcomes = Concurrently.run(6, i -> {
                    Appender appender = i % 2 == 0 ? storage().appender() : second.appender();
                    if (i == 3) {
                        return removeNode(appender, agent, goes);
                    }
                    try {
                        appender.addEdge(edge(
                                agent,
                                Findings.UNSCANNED,
                                i % 2 == 0 ? draft(goes, stays, "r" + i) : draft(stays, goes, "r" + i)));
                        return true;
                    } catch (Invalid gone) {
                        return false;
                    }
                });
                assertTrue(outcomes.get(3));
                assertEquals(List.of(), edges(agent));
            }
        }
        assertEquals(0, counted(agent));
        assertEquals(List.of("0"), database.read("SELECT count(*) FROM edge WHERE agent_id = '" + agent.agent() + "'"));
    }

    /** With this many edges of one node, half of them either way. */
    private NodeId hub(AgentKey agent, int edges) {
        NodeId hub = newNode(agent);
        database.execute("""
                INSERT INTO edge (organization_id, agent_id, edge_id, from_node, to_node, relation, created_at, derived,
                    properties, rules_version)
                SELECT organization_id, agent_id, lpad(to_hex(n), 32, '0')::uuid,
                    CASE WHEN n %% 2 = 0 THEN '%1$s'::uuid ELSE gen_random_uuid() END,
                    CASE WHEN n %% 2 = 0 THEN gen_random_uuid() ELSE '%1$s' END,
                    CASE WHEN n = 1 THEN 'first' ELSE 'r' END, now(), true, '{}', 0
                FROM agent_head, generate_series(1, %2$s) n WHERE agent_id = '%3$s';
                UPDATE agent_head SET edges = edges + %2$s WHERE agent_id = '%3$s'""".formatted(hub, edges, agent.agent()));
        return hub;
    }

    private Around around(AgentKey agent, NodeId node, String... relations) {
        return storage()
                .edges()
                .around(agent, List.of(node), new AroundQuery(Set.of(relations), Direction.BOTH, null, null));
    }

    @Test
    void looksAtAHubOfTenThousandEdgesAsAWhole() {
        AgentKey agent = newAgent();
        NodeId hub = hub(agent, 10_000);
        Around all = around(agent, hub);
        assertTrue(all.more());
        assertEquals(1_000, all.edges().size());
        Around first = around(agent, hub, "first");
        assertEquals(
                List.of("first"), first.edges().stream().map(Edge::relation).toList());
        assertFalse(first.more());
    }

    @Test
    void looksAtTheNewestEdgesOfALargerHubAndSaysSo() {
        AgentKey agent = newAgent();
        NodeId hub = hub(agent, 30_000);
        assertEquals(new Around(List.of(), true), around(agent, hub, "first"));
    }

    @Test
    void takesTenThousandEdgesAlongWithTheirNode() {
        AgentKey agent = newAgent();
        NodeId hub = hub(agent, 10_000);
        Edge stays = tell(agent, newNode(agent), newNode(agent), "knows");
        assertEquals(10_001, counted(agent));
        assertTrue(removeNode(storage().appender(), agent, hub));
        assertEquals(1, counted(agent));
        assertEquals(List.of(stays), edges(agent));
    }
}
