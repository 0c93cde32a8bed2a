package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.adapter.postgres.audit.PostgresDisclosureLog;
import xyz.graphyn.adapter.postgres.gathering.Gathering;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/** Who saw what is on the disk before anybody is told that it is, and nobody waits for it in vain. */
@Timeout(60)
class DisclosureLogTest implements StorageContract {
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

    private PostgresDisclosureLog log(int queue, Duration longestWait) {
        return new PostgresDisclosureLog(
                new TenantDatabase(database.storage().jdbi()),
                new Gathering.Limits(queue, 1 << 20, 100, 1 << 20),
                longestWait);
    }

    private AuditEntry disclosure(AgentKey agent) {
        return audit(agent, AuditAction.DATA_DISCLOSED, Map.of("EMAIL", "1"));
    }

    private static void assertUnavailable(CompletableFuture<Void> refused) {
        CompletionException failed = assertThrows(CompletionException.class, refused::join);
        Refusal.Unavailable unavailable = assertInstanceOf(Refusal.Unavailable.class, failed.getCause());
        assertEquals(Duration.ofSeconds(1), unavailable.retryAfter());
    }

    private static List<String> read(String what, AgentKey agent) {
        return database.read("SELECT " + what + " FROM audit_entry WHERE agent_id = '" + agent.agent() + "'");
    }

    /** Holds every writer of entries up, until it is closed. */
    private static final class Held implements AutoCloseable {
        private final Connection connection;

        Held() throws SQLException {
            connection = database.connectAsSuperuser();
            connection.setAutoCommit(false);
            try (Statement lock = connection.createStatement()) {
                lock.execute("LOCK TABLE audit_entry IN SHARE MODE");
            }
        }

        /** Until somebody waits for the lock. */
        void awaitWaiter() {
            while (database.read("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND wait_event_type = 'Lock'")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
        }

        void letGo() throws SQLException {
            connection.rollback();
        }

        @Override
        public void close() throws SQLException {
            letGo();
            connection.close();
        }
    }

    @Test
    void commitsTogetherWhatCameMeanwhile() throws SQLException {
        AgentKey agent = newAgent();
        AgentKey other = newAgent();
        DisclosureLog log = storage().disclosures();
        CompletableFuture<Void> first;
        List<CompletableFuture<Void>> others;
        try (Held held = new Held()) {
            first = log.write(disclosure(agent));
            held.awaitWaiter();
            others = Stream.of(agent, other, agent, other)
                    .map(of -> log.write(disclosure(of)))
                    .toList();
            assertTrue(others.stream().noneMatch(CompletableFuture::isDone), "nothing is answered before it is kept");
        }
        first.join();
        others.forEach(CompletableFuture::join);
        assertEquals(List.of("3"), read("count(*)", agent));
        assertEquals(List.of("2"), read("count(DISTINCT xmin::text)", agent), "one alone, then all that had come");
        assertEquals(List.of("2"), read("count(*)", other));
        assertEquals(List.of("1"), read("count(DISTINCT xmin::text)", other));
    }

    @Test
    void refusesWhatItCantHold() throws SQLException {
        AgentKey agent = newAgent();
        try (PostgresDisclosureLog log = log(2, Duration.ofSeconds(30))) {
            List<CompletableFuture<Void>> taken;
            try (Held held = new Held()) {
                CompletableFuture<Void> first = log.write(disclosure(agent));
                held.awaitWaiter();
                taken = List.of(first, log.write(disclosure(agent)), log.write(disclosure(agent)));
                assertUnavailable(log.write(disclosure(agent)));
            }
            taken.forEach(CompletableFuture::join);
        }
        assertEquals(List.of("3"), read("count(*)", agent));
    }

    @Test
    void givesUpWhatIsNotKeptInTime() throws SQLException {
        AgentKey agent = newAgent();
        try (PostgresDisclosureLog log = log(10, Duration.ofMillis(300))) {
            try (Held held = new Held()) {
                CompletableFuture<Void> first = log.write(disclosure(agent));
                held.awaitWaiter();
                assertUnavailable(log.write(disclosure(agent)));
                assertUnavailable(first);
            }
            log.write(disclosure(agent)).join();
        }
    }

    @Test
    void refusesWhileTheDatabaseIsAwayAndServesWhenItIsBack() {
        AgentKey agent = newAgent();
        try (TcpProxy proxy = database.proxy()) {
            PostgresConfiguration behind = database.configurationBehind(proxy, 2);
            PostgresConfiguration impatient = new PostgresConfiguration(
                    behind.jdbcUrl(), behind.app(), 2, Duration.ofMillis(500), Duration.ofSeconds(2));
            try (PostgresStorage server = new PostgresStorage(impatient, new SequentialIds(), run -> {})) {
                server.disclosures().write(disclosure(agent)).join();
                proxy.takeAway();
                long start = System.nanoTime();
                List<CompletableFuture<Void>> refused = Stream.generate(
                                () -> server.disclosures().write(disclosure(agent)))
                        .limit(5)
                        .toList();
                refused.forEach(DisclosureLogTest::assertUnavailable);
                assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(10)) < 0);
                assertEquals(List.of("1"), read("count(*)", agent));
                proxy.bringBack();
                while (server.disclosures()
                        .write(disclosure(agent))
                        .handle((nothing, failure) -> failure != null)
                        .join()) {
                    Thread.onSpinWait();
                }
                assertEquals(List.of("2"), read("count(*)", agent));
            }
        }
    }

    @Test
    void refusesWhatWaitsWhenItIsClosed() throws SQLException {
        AgentKey agent = newAgent();
        CompletableFuture<Void> waiting;
        CompletableFuture<Void> first;
        PostgresDisclosureLog log = log(10, Duration.ofSeconds(30));
        try (Held held = new Held()) {
            first = log.write(disclosure(agent));
            held.awaitWaiter();
            waiting = log.write(disclosure(agent));
            Thread closing = Thread.startVirtualThread(log::close);
            assertUnavailable(waiting);
            held.letGo();
            first.join();
            closing.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        assertUnavailable(log.write(disclosure(agent)));
        assertEquals(List.of("1"), read("count(*)", agent));
    }

    @Test
    void waitsForTheDiskEvenWhereCommitsDont() {
        AgentKey agent = newAgent();
        String name = database.url().substring(database.url().lastIndexOf('/') + 1);
        database.execute("""
                CREATE TABLE public.seen (setting text);
                CREATE FUNCTION public.see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    INSERT INTO public.seen VALUES (current_setting('synchronous_commit'));
                    RETURN NULL;
                END $$;
                CREATE TRIGGER see AFTER INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION public.see();
                ALTER DATABASE %s SET synchronous_commit = off""".formatted(name));
        try (PostgresStorage server = database.open(2)) {
            server.disclosures().write(disclosure(agent)).join();
            assertEquals(List.of("on"), database.read("SELECT setting FROM public.seen"));
        } finally {
            database.execute("DROP TRIGGER see ON audit_entry");
            database.execute("ALTER DATABASE %s RESET synchronous_commit".formatted(name));
        }
    }
}
