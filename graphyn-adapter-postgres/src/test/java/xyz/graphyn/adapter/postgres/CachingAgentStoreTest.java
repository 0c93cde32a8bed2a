package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.postgres.agent.CachingAgentStore;
import xyz.graphyn.adapter.postgres.agent.PostgresAgentStore;
import xyz.graphyn.adapter.postgres.transaction.PostgresUnitOfWork;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/** What is remembered of agents, and how it is forgotten. That it keeps the port's promises is tested with the others. */
class CachingAgentStoreTest implements StorageContract {
    private static final Optional<String> ADA = Optional.of("ada");

    private static TestDatabase database;

    private TenantDatabase tenants;
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private Runnable beforeTheAnswer = () -> {};
    private CachingAgentStore agents;

    /** On another server. */
    private AgentStore elsewhere;

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
        tenants = new TenantDatabase(database.storage().jdbi());
        agents = new CachingAgentStore(watched(), tenants, now::get);
        elsewhere = new PostgresAgentStore(tenants);
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    private AgentStore watched() {
        AgentStore store = new PostgresAgentStore(tenants);
        return (AgentStore) Proxy.newProxyInstance(
                AgentStore.class.getClassLoader(), new Class<?>[] {AgentStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(store, arguments);
                        if (method.getName().equals("creatorOf")) {
                            asked.incrementAndGet();
                            beforeTheAnswer.run();
                        }
                        return answer;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void asksOnceForManyRequests() {
        AgentKey agent = newAgent();
        for (int i = 0; i < 10; i++) {
            assertEquals(ADA, agents.creatorOf(agent));
        }
        assertEquals(1, asked.get());
        assertEquals(Optional.empty(), agents.creatorOf(new AgentKey(newOrganization(), agent.agent())));
    }

    @Test
    void doesNotRememberThatThereIsNone() {
        AgentKey agent = new AgentKey(newOrganization(), newAgent().agent());
        assertEquals(Optional.empty(), agents.creatorOf(agent));
        assertEquals(Optional.empty(), agents.creatorOf(agent));
        assertEquals(2, asked.get());
    }

    @Test
    void forgetsAtOnceWhatIsRemovedHere() {
        AgentKey agent = newAgent();
        agents.creatorOf(agent);
        assertTrue(agents.remove(agent));
        assertEquals(Optional.empty(), agents.creatorOf(agent));
    }

    @Test
    void forgetsWhenTheRemovalIsCommitted() {
        AgentKey agent = newAgent();
        new PostgresUnitOfWork(tenants).run(agent.organization(), () -> {
            assertTrue(agents.remove(agent));
            assertEquals(Optional.empty(), agents.creatorOf(agent), "for the unit it is gone");
            assertEquals(ADA, Concurrently.run(1, i -> agents.creatorOf(agent)).getFirst(), "for the others it is not");
            return agent;
        });
        assertEquals(Optional.empty(), agents.creatorOf(agent));
    }

    @Test
    void keepsAnAgentWhoseRemovalWasUndone() {
        AgentKey agent = newAgent();
        assertThrows(
                IllegalArgumentException.class,
                () -> new PostgresUnitOfWork(tenants).run(agent.organization(), () -> {
                    agents.remove(agent);
                    throw new IllegalArgumentException("no");
                }));
        assertEquals(ADA, agents.creatorOf(agent));
    }

    @Test
    void doesNotKeepAnAnswerThatARemovalOvertook() {
        AgentKey agent = newAgent();
        beforeTheAnswer = () -> {
            beforeTheAnswer = () -> {};
            assertTrue(agents.remove(agent));
        };
        assertEquals(ADA, agents.creatorOf(agent), "asked before it was removed");
        assertEquals(Optional.empty(), agents.creatorOf(agent));
    }

    @Test
    void seesWithinSecondsWhatIsRemovedElsewhere() {
        AgentKey agent = newAgent();
        agents.creatorOf(agent);
        assertTrue(elsewhere.remove(agent));
        assertEquals(ADA, agents.creatorOf(agent));
        pass(Duration.ofSeconds(5));
        assertEquals(Optional.empty(), agents.creatorOf(agent));
    }

    @Test
    void doesNotKeepAnAnswerThatWasLongOnItsWay() {
        AgentKey agent = newAgent();
        beforeTheAnswer = () -> {
            elsewhere.remove(agent);
            pass(Duration.ofSeconds(2));
        };
        assertEquals(ADA, agents.creatorOf(agent));
        assertEquals(Optional.empty(), agents.creatorOf(agent));
    }
}
