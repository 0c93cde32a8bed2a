package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.StoredAnswer;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.MemoryContract;
import xyz.graphyn.testkit.storage.Storage;

/** Removing an agent: at once for everybody, later and in small steps for its rows. */
@Timeout(60)
class RemovalTest implements MemoryContract {
    private static final List<String> TABLES = List.of(
            "agent",
            "agent_head",
            "agent_purge",
            "agent_rules",
            "edge",
            "event",
            "event_span",
            "memory_backlog",
            "memory_failure",
            "node",
            "node_embedding",
            "node_label",
            "node_removed");

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

    private AgentKey fullAgent(int events) {
        AgentKey agent = newAgent();
        record(
                agent,
                IntStream.range(0, events).mapToObj(i -> Samples.event("e" + i)).toArray(EventDraft[]::new));
        for (int i = 0; i < 3; i++) {
            Node node = add(agent, new NodeDraft("fact", "n" + i, List.of("x", "y"), Json.EMPTY, null, "s", "n" + i));
            tell(agent, Findings.UNSCANNED, new EdgeDraft(node.id(), node.id(), "is", Json.EMPTY, null, null));
        }
        return agent;
    }

    private static int rows(String table, AgentKey agent) {
        return Integer.parseInt(
                database.read("SELECT count(*) FROM " + table + " WHERE agent_id = '" + agent.agent() + "'")
                        .getFirst());
    }

    private void purgeAll(int rows) {
        while (storage().removedAgents().purge(rows)) {
            // until nothing is left
        }
    }

    @Test
    void showsNothingOfTheAgentWhileItsRowsAreStillThere() {
        AgentKey agent = newAgent();
        EventId event = record(agent, Samples.event("e")).getFirst().id();
        Node node = add(agent, new NodeDraft("fact", "n", List.of("x"), Json.EMPTY, null, "s", null));
        storage().agents().remove(agent);
        assertEquals(1, rows("event", agent), "the row is still there");
        assertEquals(Optional.empty(), storage().events().find(agent, event));
        assertEquals(Optional.empty(), storage().nodes().find(agent, node.id()));
        for (Set<String> types : List.of(Set.<String>of(), Set.of("message", "note"))) {
            for (String session : new String[] {null, "s"}) {
                EventQuery query =
                        new EventQuery(types, session, null, null, 0, EventQuery.Order.ASCENDING, null, 10, null);
                assertEquals(List.of(), storage().events().page(agent, query).items());
            }
        }
        EventQuery ofADay = new EventQuery(
                Set.of(), null, NOW.minusSeconds(9), NOW.plusSeconds(9), 0, EventQuery.Order.ASCENDING, null, 10, null);
        assertEquals(List.of(), storage().events().page(agent, ofADay).items());
        for (String label : new String[] {null, "x"}) {
            NodeQuery query = new NodeQuery(null, label, null, null, null, null, 10, null);
            assertEquals(List.of(), storage().nodes().page(agent, query).items());
        }
    }

    @Test
    void waitsForTheAppendThatIsUnderWay() {
        AgentKey agent = newAgent();
        CountDownLatch appending = new CountDownLatch(1);
        AtomicBoolean removed = new AtomicBoolean();
        AtomicBoolean removedMeanwhile = new AtomicBoolean();
        Concurrently.run(2, i -> {
            if (i == 0) {
                EventBatch batch = batch(agent, Samples.event("e"));
                storage().appender().recordEvents(new EventBatch(agent, batch.events(), NOW, outcome -> {
                    appending.countDown();
                    awaitWaiter();
                    removedMeanwhile.set(removed.get());
                    return batch.audit().apply(outcome);
                }));
            } else {
                await(appending);
                removed.set(storage().agents().remove(agent));
            }
            return i;
        });
        assertFalse(removedMeanwhile.get(), "the removal waited for the append");
        assertTrue(removed.get());
        assertEquals(1, rows("event", agent), "and the append was kept");
        assertThrows(Refusal.NotFound.class, () -> record(agent, Samples.event("f")));
    }

    /** Until somebody waits for a lock in this database. */
    private static void awaitWaiter() {
        while (database.read(
                        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void letsWritersAndRemoversMeetWithoutADeadlock() {
        for (int round = 0; round < 5; round++) {
            AgentKey agent = newAgent();
            List<Boolean> outcomes = Concurrently.run(8, i -> {
                if (i >= 2) {
                    return appendUntilGone(agent, i);
                }
                return i == 0
                        ? storage().agents().remove(agent)
                        : storage()
                                .unitOfWork()
                                .run(
                                        agent.organization(),
                                        () -> storage()
                                                        .agents()
                                                        .findForChange(agent)
                                                        .isPresent()
                                                && storage().agents().remove(agent));
            });
            assertTrue(outcomes.get(0) ^ outcomes.get(1), "one of the two removed it");
        }
    }

    private boolean appendUntilGone(AgentKey agent, int writer) {
        try {
            for (int i = 0; ; i++) {
                record(agent, Samples.event(writer + "-" + i));
                add(agent, Samples.node("node"));
            }
        } catch (Refusal.NotFound gone) {
            return false;
        }
    }

    @Test
    void purgesEveryTableAndKeepsWhatOutlivesTheAgent() {
        AgentKey agent = fullAgent(50);
        List<Event> events = storage().events().follow(agent, 0, 50);
        List<RecordedEvent> recorded = events.stream()
                .map(event -> new RecordedEvent(event.id(), event.seq(), null, true))
                .toList();
        remember(agent, recorded.subList(0, 30), Optional.of(MODEL));
        setAside(agent, recorded.subList(30, 45));
        for (int i = 0; i < 9; i++) {
            removeNode(agent, add(agent, Samples.node("gone")).id());
        }
        AgentKey other = fullAgent(5);
        IdempotencyKey key = new IdempotencyKey(agent.organization(), "ada", "key");
        storage().unitOfWork().run(agent.organization(), () -> {
            storage().idempotency().store(key, "print", new StoredAnswer(201, "/agents/1"), NOW);
            return key;
        });
        storage().agents().remove(agent);
        purgeAll(7);
        for (String table : TABLES) {
            assertEquals(0, rows(table, agent), table);
        }
        assertEquals(1, rows("agent", other));
        assertEquals(5, rows("event", other));
        assertEquals(6, rows("node_label", other));
        assertEquals(3, rows("edge", other));
        assertEquals(4 + 3 + 9 * 2, rows("audit_entry", agent), "the trail stays");
        assertEquals(
                List.of("print"),
                database.read("SELECT fingerprint FROM idempotency_key WHERE organization_id = '" + agent.organization()
                        + "'"));
    }

    @Test
    void removesALoneNodeWithItsLabels() {
        AgentKey agent = fullAgent(0);
        Node node = add(agent, new NodeDraft("fact", "n", List.of("x", "z"), Json.EMPTY, null, "s", null));
        assertEquals(8, rows("node_label", agent));
        assertTrue(storage().appender().removeNode(agent, node.id(), audit(agent, AuditAction.NODE_REMOVED, Map.of())));
        assertEquals(3, rows("node", agent));
        assertEquals(6, rows("node_label", agent));
    }

    @Test
    void deletesNoMoreThanItWasToldInOneStep() {
        purgeAll(1_000);
        AgentKey agent = fullAgent(20);
        storage().agents().remove(agent);
        int before = total(agent);
        while (storage().removedAgents().purge(3)) {
            int now = total(agent);
            assertTrue(before - now <= 3, "in one step from " + before + " to " + now);
            before = now;
        }
        assertEquals(0, total(agent));
    }

    private static int total(AgentKey agent) {
        return Stream.of("edge", "event", "event_span", "node", "node_label")
                .mapToInt(table -> rows(table, agent))
                .sum();
    }

    @Test
    void letsSeveralServersPurgeAtOnce() {
        List<AgentKey> agents =
                IntStream.range(0, 4).mapToObj(i -> fullAgent(20)).toList();
        agents.forEach(agent -> storage().agents().remove(agent));
        try (PostgresStorage second = database.open(4)) {
            Concurrently.run(4, i -> {
                Storage server = i % 2 == 0 ? storage() : database.ports(second);
                while (server.removedAgents().purge(5)) {
                    // until nothing is left for this one
                }
                return i;
            });
        }
        purgeAll(5);
        agents.forEach(agent -> assertEquals(0, total(agent)));
    }
}
