package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/** The name of the history: the same on all servers and through restarts, another after a restore. */
class EpochTest implements StorageContract {
    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    private static String epoch(PostgresStorage server) {
        return server.eventHeads().read(List.of()).epoch();
    }

    @Test
    void isTheSameOnAllServersOfADatabase() {
        try (PostgresStorage second = database.open(2)) {
            assertEquals(epoch(database.storage()), epoch(second));
        }
    }

    @Test
    void isAnotherOnAnotherDatabase() {
        try (TestDatabase other = TestDatabase.create()) {
            assertNotEquals(epoch(database.storage()), epoch(other.storage()));
        }
    }

    @Test
    void isRenewedByTheOwnerAndChangesNothingElse() {
        AgentKey agent = newAgent();
        record(agent, Samples.event("e"));
        String before = epoch(database.storage());
        database.migrations().renewEpoch();
        String after = epoch(database.storage());
        assertNotEquals(before, after);
        assertEquals(
                Map.of(agent, 1L), storage().eventHeads().read(List.of(agent)).seqs());
        assertEquals(after, epoch(database.storage()));
    }

    @Test
    void saysThatItCantBeRenewed() {
        try (TestDatabase empty = TestDatabase.createEmpty()) {
            PostgresMigrations.Refused refused = assertThrows(
                    PostgresMigrations.Refused.class, () -> empty.migrations().renewEpoch());
            assertTrue(refused.toString().contains("can't be renewed"), refused.toString());
        }
    }

    @Test
    void isNotReadWhileTheDatabaseIsAway() {
        try (TcpProxy proxy = database.proxy()) {
            proxy.takeAway();
            PostgresConfiguration behind = database.configurationBehind(proxy, 1);
            PostgresConfiguration impatient = new PostgresConfiguration(
                    behind.jdbcUrl(), behind.app(), 1, Duration.ofMillis(250), behind.statementTimeout());
            try (PostgresStorage server = new PostgresStorage(impatient, IDS, run -> {})) {
                assertThrows(Refusal.Unavailable.class, () -> epoch(server));
            }
        }
    }
}
