package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.masking.RescanStaleRows;
import xyz.graphyn.application.masking.RowDetection;
import xyz.graphyn.application.masking.StaleRows;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.StaleRowsContract;
import xyz.graphyn.testkit.storage.Storage;

/** Searching again, in steps that may end anywhere. */
@Timeout(120)
class RescanTest implements StaleRowsContract {
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

    private static List<String> versions(String table, AgentKey agent) {
        return database.read("SELECT DISTINCT rules_version FROM " + table + " WHERE agent_id = '" + agent.agent()
                + "' ORDER BY rules_version");
    }

    /** Fails at the n-th event, as a server does that is killed in the middle of a step. */
    private static RowDetection dyingAt(Detection detection, int n) {
        AtomicInteger left = new AtomicInteger(n);
        return new RowDetection() {
            @Override
            public Findings inAgent(Agent agent) {
                return detection.inAgent(agent);
            }

            @Override
            public Findings inEvent(OrganizationId organization, Event event) {
                if (left.decrementAndGet() == 0) {
                    throw new IllegalStateException("killed");
                }
                return detection.inEvent(organization, event);
            }

            @Override
            public Findings inNode(OrganizationId organization, Node node) {
                return detection.inNode(organization, node);
            }

            @Override
            public Findings inEdge(OrganizationId organization, Edge edge) {
                return detection.inEdge(organization, edge);
            }
        };
    }

    /** As if the minute had passed for which a step that was cut off is waited for. */
    private static void letAMinutePass() {
        database.execute("UPDATE agent_rules SET taken_until = taken_until - interval '1 minute'");
    }

    @Test
    void goesOnWhereAnotherServerWasKilled() {
        int before = newRelease();
        RulesVersion old = RulesVersion.of(before, 0);
        AgentKey agent = searchedAgent(old, 0);
        for (int i = 0; i < 3; i++) {
            record(
                    agent,
                    Findings.none(old),
                    IntStream.range(0, 1_000).mapToObj(n -> Samples.event(null)).toArray(EventDraft[]::new));
        }
        // What other tests have left would be as good to begin with.
        database.execute("DELETE FROM agent_rules WHERE agent_id <> '" + agent.agent() + "'");
        Detection present = atPresent(before + 1);
        try (PostgresStorage killed = database.open(2)) {
            StaleRows stale = killed.staleRows();
            assertTrue(stale.searchAgain(before + 1, present));
            assertThrows(IllegalStateException.class, () -> stale.searchAgain(before + 1, dyingAt(present, 500)));
        }
        assertEquals(
                List.of(),
                database.read("SELECT seq FROM event WHERE agent_id = '" + agent.agent() + "' AND (rules_version > "
                        + old.value() + ") <> (seq <= 1000)"));
        assertFalse(
                storage().staleRows().searchAgain(before + 1, present),
                "it may still be under way on the other server");
        letAMinutePass();
        AtomicInteger searched = new AtomicInteger();
        RowDetection counting = new RowDetection() {
            @Override
            public Findings inAgent(Agent found) {
                return present.inAgent(found);
            }

            @Override
            public Findings inEvent(OrganizationId organization, Event event) {
                searched.incrementAndGet();
                return present.inEvent(organization, event);
            }

            @Override
            public Findings inNode(OrganizationId organization, Node node) {
                return present.inNode(organization, node);
            }

            @Override
            public Findings inEdge(OrganizationId organization, Edge edge) {
                return present.inEdge(organization, edge);
            }
        };
        new RescanStaleRows(storage().staleRows(), counting, before + 1).run(() -> true);
        assertEquals(2_000, searched.get(), "what was searched before is not searched again");
        assertEquals(List.of(Long.toString(RulesVersion.of(before + 1, 0).value())), versions("event", agent));
        assertEquals(versions("event", agent), versions("agent_rules", agent), "the marker is gone");
    }

    @Test
    void searchesLargeTextsAFewAtATime() {
        int before = newRelease();
        AgentKey agent = searchedAgent(RulesVersion.of(before, 0), 0);
        Json large = new Json("{\"a\":\"" + "a".repeat(700_000) + "\"}");
        for (int i = 0; i < 4; i++) {
            record(
                    agent,
                    Findings.none(RulesVersion.of(before, 0)),
                    new EventDraft("message", large, null, null, null));
            add(agent, Findings.none(RulesVersion.of(before, 0)), Samples.node("a".repeat(700_000)));
        }
        assertTrue(searchAll(before + 1) >= 8, "each in a step of its own");
        assertSearchedBy(RulesVersion.of(before + 1, 0), agent, 4);
    }

    @Test
    void sharesTheWorkBetweenServersWhileOthersWrite() {
        int before = newRelease();
        RulesVersion old = RulesVersion.of(before, 0);
        RulesVersion present = RulesVersion.of(before + 1, 0);
        List<AgentKey> agents =
                Stream.generate(() -> searchedAgent(old, 20)).limit(6).toList();
        try (PostgresStorage second = database.open(4)) {
            Concurrently.run(4, i -> {
                if (i < 2) {
                    Storage server = i == 0 ? storage() : database.ports(second);
                    return new RescanStaleRows(server.staleRows(), atPresent(before + 1), before + 1).run(() -> true);
                }
                for (int round = 0; round < 20; round++) {
                    AgentKey agent = agents.get(round % agents.size());
                    RulesVersion rules = i == 2 ? old : present;
                    record(agent, Findings.none(rules), Samples.event(null));
                    Node node = add(agent, Findings.none(rules), Samples.node("new"));
                    changeTo(agent, node, "newer", rules);
                }
                return 0;
            });
        }
        searchAll(before + 1);
        for (AgentKey agent : agents) {
            for (String table : List.of("agent", "event", "node", "agent_rules")) {
                assertEquals(List.of(Long.toString(present.value())), versions(table, agent), table);
            }
        }
    }

    @Test
    void changesNothingElseOfTheRowsButTheVersionsOfNodes() {
        int before = newRelease();
        AgentKey agent = searchedAgent(RulesVersion.of(before, 0), 3);
        List<String> tables = List.of("agent", "event", "node");
        String digest =
                "SELECT md5(string_agg((to_jsonb(t) - 'rules_version' - 'findings' - 'found_in' - 'memory_version')::text, ','"
                        + " ORDER BY to_jsonb(t)->>'seq', to_jsonb(t)->>'node_id')) FROM %s t WHERE agent_id = '"
                        + agent.agent()
                        + "'";
        List<List<String>> texts = tables.stream()
                .map(table -> database.read(digest.formatted(table)))
                .toList();
        searchAll(before + 1);
        assertEquals(
                texts,
                tables.stream()
                        .map(table -> database.read(digest.formatted(table)))
                        .toList());
        assertSearchedBy(RulesVersion.of(before + 1, 0), agent, 3);
    }
}
