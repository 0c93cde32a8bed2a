package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.postgres.agent.PostgresAgentStore;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/** A statement says whose rows it may see in the same trip, and nobody after it on the connection sees them. */
class OneTripTest implements StorageContract {
    /** More than the driver needs to keep a statement on the server, and the server to settle on a plan. */
    private static final int OFTEN = 15;

    private static TestDatabase database;
    private static TcpProxy proxy;
    private static PostgresStorage server;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
        proxy = database.proxy();
        server = database.openBehind(proxy, 1);
        // Both pools have their connections now, so that no trip of theirs is counted.
        assertInstanceOf(Status.Up.class, server.health().check());
        assertEquals("0", seenByTheNext());
    }

    @AfterAll
    static void close() {
        server.close();
        proxy.close();
        database.close();
    }

    @Override
    public Storage storage() {
        return database.ports(server);
    }

    private static String seenByTheNext() {
        return server.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT coalesce(current_setting('graphyn.organizations', true), '') || (SELECT count(*) FROM agent)")
                        .mapTo(String.class)
                        .one());
    }

    private record Read(String name, Runnable call) {}

    private List<Read> reads(AgentKey agent, EventId event, Node node) {
        AgentStore uncached = new PostgresAgentStore(new TenantDatabase(server.jdbi()));
        return List.of(
                new Read(
                        "agent", () -> assertTrue(storage().agents().find(agent).isPresent())),
                new Read("creator", () -> assertTrue(uncached.creatorOf(agent).isPresent())),
                new Read("agents", () -> assertEquals(1, agents(agent, null))),
                new Read("agents by name", () -> assertEquals(1, agents(agent, "ADA"))),
                new Read(
                        "event",
                        () -> assertTrue(storage().events().find(agent, event).isPresent())),
                new Read(
                        "events that follow",
                        () -> assertEquals(
                                1, storage().events().follow(agent, 0, 10).size())),
                new Read(
                        "heads",
                        () -> assertEquals(
                                1L,
                                storage()
                                        .eventHeads()
                                        .read(List.of(agent))
                                        .seqs()
                                        .get(agent))),
                new Read("events", () -> assertEquals(1, events(agent, Set.of(), null))),
                new Read("events of types", () -> assertEquals(1, events(agent, Set.of("message", "other"), null))),
                new Read("events of a session", () -> assertEquals(0, events(agent, Set.of("message"), "s"))),
                new Read(
                        "node",
                        () -> assertTrue(
                                storage().nodes().find(agent, node.id()).isPresent())),
                new Read("nodes", () -> assertEquals(1, nodesOf(agent, null))),
                new Read("nodes with a label", () -> assertEquals(1, nodesOf(agent, "label"))));
    }

    private int agents(AgentKey agent, @Nullable String name) {
        return storage()
                .agents()
                .page(agent.organization(), new AgentQuery(name, null, 10, null))
                .items()
                .size();
    }

    private int events(AgentKey agent, Set<String> types, @Nullable String session) {
        EventQuery query = new EventQuery(
                types,
                session,
                session == null ? NOW.minusSeconds(1) : null,
                session == null ? NOW.plusSeconds(1) : null,
                0,
                EventQuery.Order.DESCENDING,
                session == null ? null : 99L,
                10,
                null);
        return storage().events().page(agent, query).items().size();
    }

    private int nodesOf(AgentKey agent, @Nullable String label) {
        NodeQuery query = new NodeQuery("fact", label, null, NOW, null, null, 10, null);
        return storage().nodes().page(agent, query).items().size();
    }

    @Test
    void takesOneTripForEachReadHoweverOften() {
        AgentKey agent = newAgent();
        EventId event = record(agent, Samples.event("e")).getFirst().id();
        Node node = add(agent, new NodeDraft("fact", "text", List.of("label"), Json.EMPTY, null, null, null));
        for (Read read : reads(agent, event, node)) {
            for (int i = 0; i < OFTEN; i++) {
                int before = proxy.syncs();
                read.call().run();
                assertEquals(1, proxy.syncs() - before, read.name() + ", time " + i);
                assertEquals("0", seenByTheNext(), read.name() + ", time " + i);
            }
        }
    }

    @Test
    void takesOneTripToInsertAnAgent() {
        var organization = newOrganization();
        int before = proxy.syncs();
        newAgent(organization, Samples.profile("a"));
        assertEquals(1, proxy.syncs() - before);
        assertEquals("0", seenByTheNext());
    }

    @Test
    void takesTwoTripsToRecordABatch() {
        AgentKey agent = newAgent();
        for (int i = 0; i < OFTEN; i++) {
            int before = proxy.syncs();
            record(agent, Samples.event("e" + i), Samples.event("f" + i));
            assertEquals(2, proxy.syncs() - before, "lock and known, write and commit, time " + i);
        }
        assertEquals("0", seenByTheNext());
    }

    @Test
    void takesTwoTripsToAddNodes() {
        AgentKey agent = newAgent();
        for (int i = 0; i < OFTEN; i++) {
            int before = proxy.syncs();
            add(agent, new NodeDraft("fact", "text", List.of("label"), Json.EMPTY, null, null, "n" + i));
            assertEquals(2, proxy.syncs() - before, "lock and known, write and commit, time " + i);
        }
        assertEquals("0", seenByTheNext());
    }

    @Test
    void leavesNothingToTheNextUserAfterAUnitOfWork() {
        AgentKey agent = newAgent();
        storage().unitOfWork().run(agent.organization(), () -> {
            assertTrue(storage().agents().find(agent).isPresent());
            assertTrue(storage().agents().find(agent).isPresent());
            return agent;
        });
        assertEquals("0", seenByTheNext());
    }

    @Test
    void neverMixesInterleavedRequests() {
        List<AgentKey> agents = List.of(newAgent(), newAgent(), newAgent(), newAgent());
        agents.forEach(agent -> record(agent, Samples.event("e")));
        Concurrently.run(8, i -> {
            AgentKey mine = agents.get(i % agents.size());
            AgentKey theirs = new AgentKey(
                    mine.organization(), agents.get((i + 1) % agents.size()).agent());
            for (int round = 0; round < 50; round++) {
                assertEquals(1, agents(mine, null));
                assertEquals(1, events(mine, Set.of(), null));
                assertEquals(0, events(theirs, Set.of(), null));
                assertEquals("0", seenByTheNext());
            }
            return i;
        });
    }
}
