package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryEnrichment.Enriched;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.masking.RescanStaleRows;
import xyz.graphyn.application.masking.RowDetection;
import xyz.graphyn.application.memory.MemoryBacklog;
import xyz.graphyn.application.memory.MemoryBacklog.Incomplete;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.storage.StaleRowsContract;
import xyz.graphyn.testkit.storage.StorageContract;

class MigrationsTest {
    private static final List<String> TABLES =
            List.of("organization", "agent", "agent_head", "event", "event_span", "node", "node_label");

    private TestDatabase database;

    @BeforeEach
    void createEmpty() {
        database = TestDatabase.createEmpty();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static List<String> scripts() {
        try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(
                                PostgresMigrations.class.getResource("migration/V20261123090000__access.sql"))
                        .toURI())
                .resolveSibling("."))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String refusal(PostgresMigrations migrations) {
        return assertThrows(PostgresMigrations.Refused.class, migrations::migrate)
                .toString();
    }

    private static void assertSays(String part, String message) {
        assertTrue(message.contains(part), message);
    }

    private static void assertDown(String reason, Status status) {
        assertEquals(reason, assertInstanceOf(Status.Down.class, status).reason());
    }

    @Test
    void knowsItsNewestScript() {
        assertTrue(
                scripts().getLast().startsWith("V" + PostgresMigrations.VERSION + "__"),
                scripts().toString());
    }

    @Test
    void makesTheSchemaOnce() {
        assertDown(
                "The schema is missing: run the migrations.",
                database.storage().health().check());
        assertEquals(scripts().size(), database.migrations().migrate());
        assertEquals(0, database.migrations().migrate());
        assertInstanceOf(Status.Up.class, database.storage().health().check());
    }

    @ParameterizedTest
    @ValueSource(strings = {TestDatabase.OWNER, "postgres"})
    void takesStatisticsOnADatabaseInUseAndLeavesItsRows(String owner) {
        Credentials credentials =
                owner.equals(TestDatabase.OWNER) ? TestDatabase.owner() : new Credentials("postgres", "postgres");
        PostgresMigrations migrations = new PostgresMigrations(database.url(), credentials, TestDatabase.APP);
        migrations.configuration().target("20261123090500").load().migrate();
        fillEveryTable();
        assertEquals(
                1, migrations.configuration().target("20261123090600").load().migrate().migrationsExecuted);
        for (String table : TABLES) {
            assertEquals(List.of("1"), database.read("SELECT count(*) FROM " + table), table);
        }
        assertEquals(
                List.of("event", "event_span", "node", "node_label"),
                database.read("SELECT DISTINCT tablename::text FROM pg_stats WHERE schemaname = 'graphyn'"
                        + " AND tablename ~ '^(event|node)' ORDER BY 1"),
                "the statistics outlast the rows that they were made for");
    }

    private void fillEveryTable() {
        StorageContract tenant = database::ports;
        tenant.newOrganization();
        // By hand, since this server writes what later migrations bring.
        database.execute("""
                INSERT INTO agent (organization_id, agent_id, name, name_folded, metadata, created_by, created_at, updated_at)
                SELECT organization_id, gen_random_uuid(), 'Ada', 'ada', '{}', 'ada', now(), now() FROM organization;
                INSERT INTO agent_head (organization_id, agent_id, event_seq) SELECT organization_id, agent_id, 1 FROM agent;
                INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, payload)
                SELECT organization_id, agent_id, agent_id, 1, now(), now(), 'message', '{}' FROM agent;
                INSERT INTO event_span (organization_id, agent_id, span, earliest, latest)
                SELECT organization_id, agent_id, 0, now(), now() FROM agent;
                INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, content,
                    labels, properties)
                SELECT organization_id, agent_id, agent_id, now(), now(), now(), 'fact', 'text', ARRAY['label'], '{}'
                FROM agent;
                INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
                SELECT organization_id, agent_id, agent_id, 'label', now() FROM agent""");
    }

    @ParameterizedTest
    @ValueSource(strings = {TestDatabase.OWNER, "postgres"})
    void hasRowsOfAReleaseBeforeSearched(String owner) {
        Credentials credentials =
                owner.equals(TestDatabase.OWNER) ? TestDatabase.owner() : new Credentials("postgres", "postgres");
        PostgresMigrations migrations = new PostgresMigrations(database.url(), credentials, TestDatabase.APP);
        migrations.configuration().target("20261123110000").load().migrate();
        fillEveryTable();
        migrations.migrate();
        RowDetection detection = StaleRowsContract.Detection.by(RulesVersion.of(1, 0));
        new RescanStaleRows(database.storage().staleRows(), detection, 1).run(() -> true);
        for (String table : List.of("agent", "event", "node", "agent_rules")) {
            assertEquals(List.of("4294967296"), database.read("SELECT rules_version FROM " + table), table);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestDatabase.OWNER, "postgres"})
    void leavesMemoryOfAReleaseBeforeToThePipeline(String owner) {
        Credentials credentials =
                owner.equals(TestDatabase.OWNER) ? TestDatabase.owner() : new Credentials("postgres", "postgres");
        PostgresMigrations migrations = new PostgresMigrations(database.url(), credentials, TestDatabase.APP);
        migrations.configuration().target("20261123120200").load().migrate();
        fillEveryTable();
        migrations.migrate();
        MemoryBacklog backlog = database.storage().memoryBacklog();
        AgentKey agent = backlog.take("", 10).getFirst();
        assertEquals(0, backlog.processedSeq(agent));
        assertEquals(OptionalLong.of(1), database.storage().memoryChanges().version(agent));
        List<Incomplete> uncounted = backlog.incomplete(agent, "", 10);
        assertEquals(List.of(1L), uncounted.stream().map(Incomplete::version).toList());
        database.storage()
                .appender()
                .enrich(new MemoryEnrichment(
                        agent,
                        "",
                        List.of(new Enriched(uncounted.getFirst().node().id(), 1, 7, Optional.empty()))));
        assertEquals(List.of(), backlog.incomplete(agent, "", 10));
        assertEquals(1, backlog.incomplete(agent, "small-1", 10).size());
        MemoryState state =
                database.storage().memory().state(agent, Instant.EPOCH).orElseThrow();
        assertEquals(7, state.tokens());
        assertEquals(1, state.nodes());
        backlog.giveBack(agent);
        assertTrue(backlog.take(agent, ""), "its event is still to be taken in");
        database.storage().appender().remember(new MemoryStep(agent, 0, 1, List.of(), List.of()));
        backlog.giveBack(agent);
        assertTrue(backlog.take(agent, ""), "its node is still to be linked");
        database.storage()
                .appender()
                .link(new MemoryLinks(agent, 0, 2, List.of(), () -> new EdgeId(UUID.randomUUID()), Instant.EPOCH));
        backlog.giveBack(agent);
        assertFalse(backlog.take(agent, ""));
        assertTrue(backlog.take(agent, "small-1"));
    }

    @Test
    void letsSeveralServersMigrateAtOnce() {
        List<Integer> applied = Concurrently.run(4, i -> database.migrations().migrate());
        assertEquals(
                scripts().size(), applied.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void refusesANewerSchemaAndStaysReadyOnIt() {
        database.migrations().migrate();
        database.execute("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by,
                    execution_time, success)
                VALUES (1000, '29991231235959', 'of tomorrow', 'SQL', 'V29991231235959__of_tomorrow.sql', 1, 'them', 1, true)""");
        assertSays("newer (29991231235959) than this server", refusal(database.migrations()));
        assertInstanceOf(
                Status.Up.class,
                database.storage().health().check(),
                "servers of the last release serve on while a cluster is upgraded");
    }

    @Test
    void refusesAnUnfinishedSchema() {
        database.migrations().migrate();
        database.execute("UPDATE flyway_schema_history SET success = false WHERE version = '"
                + PostgresMigrations.VERSION + "'");
        assertSays(PostgresMigrations.VERSION + " was left unfinished", refusal(database.migrations()));
        assertDown(
                "The schema is older than this server: run the migrations.",
                database.storage().health().check());
    }

    @Test
    void refusesASchemaThatWasMadeByOtherScripts() {
        database.migrations().migrate();
        database.execute("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '20261123090600'");
        assertSays("checksum", refusal(database.migrations()));
    }

    @Test
    void refusesARoleThatCouldLiftTheWalls() {
        String url = database.url();
        assertSays("There is no role \"nobody\"", refusal(new PostgresMigrations(url, TestDatabase.owner(), "nobody")));
        assertSays("must be neither superuser", refusal(new PostgresMigrations(url, TestDatabase.owner(), "postgres")));
        assertSays(
                "must be another than", refusal(new PostgresMigrations(url, TestDatabase.owner(), TestDatabase.OWNER)));
    }

    @Test
    void saysThatTheDatabaseCantBeReached() {
        assertSays(
                "can't be reached as its owner",
                refusal(new PostgresMigrations(database.url() + "_absent", TestDatabase.owner(), TestDatabase.APP)));
    }

    @Test
    void isNotReadyForARoleThatNoPolicyHolds() {
        database.migrations().migrate();
        PostgresConfiguration unwalled =
                PostgresConfiguration.of(database.url(), new Credentials("postgres", "postgres"));
        try (PostgresHealthProbe health = new PostgresHealthProbe(unwalled)) {
            assertDown("The server's role must be neither superuser nor BYPASSRLS.", health.health.check());
        }
    }

    private record PostgresHealthProbe(PostgresHealth health) implements AutoCloseable {
        PostgresHealthProbe(PostgresConfiguration configuration) {
            this(new PostgresHealth(configuration));
        }

        @Override
        public void close() {
            health.close();
        }
    }
}
