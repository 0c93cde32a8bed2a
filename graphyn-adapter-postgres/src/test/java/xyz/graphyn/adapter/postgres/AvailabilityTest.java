package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/** What callers get while the database is away or too busy, and that it ends with the trouble. */
@Timeout(60)
class AvailabilityTest implements StorageContract {
    private static TestDatabase database;

    private TcpProxy proxy;
    private PostgresStorage server;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void open() {
        proxy = database.proxy();
        server = open(2, Duration.ofMillis(500), Duration.ofSeconds(2));
    }

    @AfterEach
    void closeServer() {
        server.close();
        proxy.close();
    }

    private PostgresStorage open(int poolSize, Duration connectionTimeout, Duration statementTimeout) {
        PostgresConfiguration behind = database.configurationBehind(proxy, poolSize);
        return new PostgresStorage(
                new PostgresConfiguration(
                        behind.jdbcUrl(), behind.app(), poolSize, connectionTimeout, statementTimeout),
                new SequentialIds(),
                run -> {});
    }

    @Override
    public Storage storage() {
        return database.ports(server);
    }

    private TenantDatabase tenants() {
        return new TenantDatabase(server.jdbi());
    }

    private static int sleep(TenantSql sql, double seconds) {
        sql.query("SELECT pg_sleep(:seconds)")
                .bind("seconds", seconds)
                .mapToMap()
                .list();
        return 1;
    }

    private void awaitReady() {
        while (!(server.health().check() instanceof Status.Up)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesWhileTheDatabaseIsAwayAndServesWhenItIsBack() {
        AgentKey agent = newAgent();
        assertInstanceOf(Status.Up.class, server.health().check());
        proxy.takeAway();
        long start = System.nanoTime();
        Refusal.Unavailable refused =
                assertThrows(Refusal.Unavailable.class, () -> storage().agents().find(agent));
        assertEquals(Duration.ofSeconds(1), refused.retryAfter());
        assertThrows(Refusal.Unavailable.class, () -> record(agent, Samples.event("a")));
        assertThrows(
                Refusal.Unavailable.class, () -> storage().unitOfWork().run(agent.organization(), () -> "never begun"));
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(10)) < 0, "quickly");
        assertInstanceOf(Status.Down.class, server.health().check());
        proxy.bringBack();
        awaitReady();
        assertEquals(1, record(agent, Samples.event("a")).getFirst().seq());
    }

    @Test
    void opensWithoutADatabase() {
        proxy.takeAway();
        try (PostgresStorage early = open(2, Duration.ofMillis(500), Duration.ofSeconds(2))) {
            assertInstanceOf(Status.Down.class, early.health().check());
            assertThrows(
                    Refusal.Unavailable.class, () -> early.unitOfWork().run(newOrganizationId(), () -> "never begun"));
        }
    }

    private static OrganizationId newOrganizationId() {
        return new OrganizationId(IDS.next());
    }

    @Test
    void doesNotSayThatNothingChangedWhenTheCommitIsLost() {
        AgentKey agent = newAgent();
        IllegalStateException lost = assertThrows(
                IllegalStateException.class,
                () -> storage().unitOfWork().run(agent.organization(), () -> {
                    newAgent(agent.organization(), Samples.profile("kept or not"));
                    proxy.takeAway();
                    return agent;
                }));
        assertTrue(lost.toString().contains("not known"), lost.toString());
    }

    @Test
    void refusesWhenAllConnectionsAreTakenAndStaysReady() {
        AgentKey agent = newAgent();
        CountDownLatch taken = new CountDownLatch(2);
        CountDownLatch seen = new CountDownLatch(1);
        Concurrently.run(3, i -> i == 2 ? askMeanwhile(agent, taken, seen) : holdAConnection(agent, taken, seen));
    }

    private String holdAConnection(AgentKey agent, CountDownLatch taken, CountDownLatch seen) {
        return storage().unitOfWork().run(agent.organization(), () -> {
            taken.countDown();
            await(seen);
            return "held";
        });
    }

    private String askMeanwhile(AgentKey agent, CountDownLatch taken, CountDownLatch seen) {
        await(taken);
        try {
            assertThrows(Refusal.Unavailable.class, () -> storage().agents().find(agent));
            assertInstanceOf(Status.Up.class, server.health().check());
        } finally {
            seen.countDown();
        }
        return "refused";
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
    void givesUpAStatementThatTakesTooLong() {
        AgentKey agent = newAgent();
        assertThrows(Refusal.Unavailable.class, () -> tenants().statement(agent.organization(), sql -> sleep(sql, 60)));
        assertTrue(storage().agents().find(agent).isPresent());
    }

    @Test
    void givesUpAnAppendWhoseAgentIsHeldTooLong() {
        AgentKey agent = newAgent();
        tenants().alone(Visibility.of(agent.organization()), sql -> {
            lock(sql, agent);
            return Concurrently.run(
                    1, i -> assertThrows(Refusal.Unavailable.class, () -> record(agent, Samples.event("a"))));
        });
        assertEquals(1, record(agent, Samples.event("a")).getFirst().seq());
    }

    @Test
    void doesATransactionAgainThatWasUndoneForAnother() {
        AgentKey one = newAgent();
        AgentKey other = newAgent(one.organization(), Samples.profile("other")).key();
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        PostgresStorage patient = database.storage();
        TenantDatabase tenants = new TenantDatabase(patient.jdbi());
        Concurrently.run(
                2,
                i -> tenants.alone(Visibility.of(one.organization()), sql -> {
                    lock(sql, i == 0 ? one : other);
                    bothHoldOne.countDown();
                    await(bothHoldOne);
                    lock(sql, i == 0 ? other : one);
                    return i;
                }));
        assertEquals(0, bothHoldOne.getCount());
    }

    private static void lock(TenantSql sql, AgentKey agent) {
        sql.query("SELECT 1 FROM agent_head WHERE agent_id = :agent FOR NO KEY UPDATE")
                .bind("agent", agent.agent().value())
                .mapTo(Integer.class)
                .one();
    }

    @Test
    void keepsNothingOfAUnitWhoseInnerPartFailed() {
        AgentKey agent = newAgent();
        assertThrows(
                IllegalStateException.class,
                () -> storage().unitOfWork().run(agent.organization(), () -> {
                    newAgent(agent.organization(), Samples.profile("lost"));
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> storage().unitOfWork().run(agent.organization(), () -> {
                                throw new IllegalArgumentException("swallowed outside");
                            }));
                    return agent;
                }));
        assertEquals(
                List.of("Ada's agent"),
                database.read("SELECT name FROM graphyn.agent WHERE organization_id = '" + agent.organization() + "'"));
    }
}
