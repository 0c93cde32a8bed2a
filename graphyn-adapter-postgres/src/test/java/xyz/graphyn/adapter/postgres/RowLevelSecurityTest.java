package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.application.append.MemoryLinks.Linked;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureNote;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.StoredAnswer;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.SavingsSettings;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.MemoryContract;
import xyz.graphyn.testkit.storage.Storage;

/** The second wall: what a statement with a forgotten filter sees, table by table, as the server's own role. */
class RowLevelSecurityTest implements MemoryContract {
    /** The tables that everybody may read, because they hold nothing of a tenant's. */
    private static final List<String> WITHOUT_TENANTS = List.of(
            "agent_purge", "agent_rules", "epoch", "flyway_schema_history", "memory_backlog", "organization_rules");

    /** Where one row is the stranger's to see: itself, and the failure that concerns all. */
    private static final List<String> BELONGS_TO_OTHERS_TOO = List.of("organization", "failure");

    private static TestDatabase database;
    private static OrganizationId owner;
    private static OrganizationId stranger;

    @BeforeAll
    static void fillEveryTable() {
        database = TestDatabase.create();
        RowLevelSecurityTest test = new RowLevelSecurityTest();
        AgentKey agent = test.newAgent();
        owner = agent.organization();
        stranger = test.newOrganization();
        test.record(agent, Samples.event("e"));
        NodeId node = test.add(agent, new NodeDraft("fact", "text", List.of("label"), Json.EMPTY, null, null, null))
                .id();
        test.tell(agent, Findings.UNSCANNED, new EdgeDraft(node, node, "is", Json.EMPTY, null, null));
        List<RecordedEvent> events = test.recordSome(agent, 2);
        test.setAside(
                agent,
                List.of(new RecordedEvent(
                        test.storage().events().follow(agent, 0, 1).getFirst().id(), 1, null, true)));
        test.remember(agent, events, Optional.of(MODEL));
        test.linkAll(
                agent,
                test.storage().memoryChanges().since(agent, 0, "", 10).changed().stream()
                        .map(one -> new Linked(
                                one.node().id(), List.of(new NodeKey(NodeKey.Kind.NAME, "n:ada", "Ada")), List.of()))
                        .toList());
        test.removeNode(agent, test.add(agent, Samples.node("gone")).id());
        for (OrganizationId whose : Arrays.asList(owner, null)) {
            Failure failure = new Failure(Failure.Kind.CHANNEL_LOST, whose, null, null, null, "lost");
            FailureNote note = new FailureNote(IDS.next(), failure, NOW, NOW, 1, "s1");
            database.storage().failures().write(List.of(note), NOW);
        }
        test.storage()
                .unitOfWork()
                .run(owner, () -> test.storage().maskingSettings().replace(owner, 0, MaskingSettings.DEFAULT));
        test.storage()
                .unitOfWork()
                .run(owner, () -> test.storage().savingsSettings().put(owner, SavingsSettings.DEFAULT));
        UsageRow.Origin origin = new UsageRow.Origin(new UsageId(IDS.next()), NOW, agent, "ada", "chat", null);
        test.storage()
                .usage()
                .write(new UsageRow.Assembled(origin, new ContextUsage(1, 2, 3, "words", true)))
                .join();
        IdempotencyKey key = new IdempotencyKey(owner, "ada", "key");
        test.storage().unitOfWork().run(owner, () -> {
            test.storage().idempotency().claim(key, "print", NOW);
            test.storage().idempotency().store(key, "print", new StoredAnswer(201, "/thing"), NOW);
            return key;
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    /** From the catalogue, so that a table that is added tomorrow is held to the same. */
    static List<String> tablesOfTenants() {
        List<String> tables = database.read(
                "SELECT relname FROM pg_class WHERE relnamespace = 'graphyn'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
                        + " ORDER BY relname");
        assertTrue(tables.containsAll(WITHOUT_TENANTS), () -> "the list of exceptions is out of date: " + tables);
        return tables.stream().filter(table -> !WITHOUT_TENANTS.contains(table)).toList();
    }

    private static int count(String organizations, String table) throws SQLException {
        try (Connection connection = database.connect(TestDatabase.app());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('graphyn.organizations', '" + organizations + "', false)");
            return count(statement, table);
        }
    }

    private static int count(Statement statement, String table) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    @ParameterizedTest
    @MethodSource("tablesOfTenants")
    void showsNothingToAStatementThatForgotToSayWhose(String table) throws SQLException {
        try (Connection connection = database.connect(TestDatabase.app());
                Statement statement = connection.createStatement()) {
            assertEquals(0, count(statement, table), "without the setting ever made");
        }
        assertEquals(0, count("", table), "with the setting as it is after a transaction that made it");
    }

    @ParameterizedTest
    @MethodSource("tablesOfTenants")
    void showsNothingOfAnotherOrganization(String table) throws SQLException {
        int rows = BELONGS_TO_OTHERS_TOO.contains(table) ? 1 : 0;
        assertEquals(
                rows, count("{" + stranger + "}", table), "no more than the stranger itself, and what concerns all");
    }

    @ParameterizedTest
    @MethodSource("tablesOfTenants")
    void showsItsOwnRowsToTheOrganization(String table) throws SQLException {
        int rows = count("{" + owner + "}", table);
        assertTrue(rows > 0, "the table is empty, so this test proves nothing");
        assertEquals(
                rows + (table.equals("organization") ? 1 : 0),
                count("{" + owner + "," + stranger + "}", table),
                "a list of organizations shows the rows of each");
    }

    @ParameterizedTest
    @MethodSource("tablesOfTenants")
    void holdsTheOwnerToo(String table) throws SQLException {
        try (Connection connection = database.connect(TestDatabase.owner());
                Statement statement = connection.createStatement()) {
            assertEquals(0, count(statement, table));
        }
    }

    @ParameterizedTest
    @MethodSource("tablesOfTenants")
    void takesNoRowForAnotherOrganization(String table) throws SQLException {
        List<String> columns = database.read("SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = 'graphyn."
                + table + "'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'organization_id'");
        String names = String.join(", ", columns);
        try (Connection connection = database.connect(TestDatabase.app());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('graphyn.organizations', '{" + owner + "}', false)");
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> statement.execute("INSERT INTO " + table + " (organization_id, " + names + ") SELECT '"
                            + UUID.randomUUID() + "', " + names + " FROM " + table));
            assertEquals("42501", refused.getSQLState(), refused.getMessage());
            assertTrue(refused.toString().contains("row-level security"), refused.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("tablesOfTenants")
    void leadsEveryKeyAndIndexWithTheOrganization(String table) {
        List<String> unled = database.read("""
                SELECT index.relname FROM pg_index JOIN pg_class index ON index.oid = indexrelid
                JOIN pg_attribute column1 ON column1.attrelid = indrelid AND column1.attnum = indkey[0]
                WHERE indrelid = 'graphyn.%s'::regclass AND column1.attname <> 'organization_id'""".formatted(table));
        // Where its id is not known yet, an organization is found by the names that its issuer gave it.
        assertEquals(
                table.equals("organization") ? List.of("organization_issuer_kind_external_id_key") : List.of(), unled);
    }

    @Test
    void leadsEveryForeignKeyWithTheOrganization() {
        assertEquals(List.of(), database.read("""
                        SELECT conname FROM pg_constraint
                        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
                        WHERE contype = 'f' AND connamespace = 'graphyn'::regnamespace
                          AND attname <> 'organization_id'"""));
    }

    @Test
    void givesTheServerARoleThatCanLiftNoWall() {
        assertEquals(
                List.of("f"),
                database.read(
                        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = '"
                                + TestDatabase.APP + "'"));
        assertEquals(
                List.of(),
                database.read(
                        "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = '" + TestDatabase.APP + "'"));
        assertEquals(
                List.of("f"),
                database.read("SELECT has_schema_privilege('" + TestDatabase.APP + "', 'graphyn', 'CREATE')"));
        assertEquals(
                List.of("f"),
                database.read(
                        "SELECT pg_has_role('" + TestDatabase.APP + "', '" + TestDatabase.OWNER + "', 'MEMBER')"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET action = 'agent.created'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY",
                "ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY",
                "DROP POLICY tenant ON audit_entry",
                "DROP TABLE audit_entry",
                "UPDATE event SET payload = '{}'",
                "UPDATE event SET rules_version = 1, seq = 0",
                "UPDATE event SET session_id = 's'",
                "UPDATE event SET occurred_at = now(), received_at = now()",
                "UPDATE event SET type = 't'",
                "UPDATE event SET external_id = 'x'",
                "UPDATE event SET payload_bytes = 1",
                "UPDATE event SET agent_id = event_id",
                "DELETE FROM masking_settings",
                "TRUNCATE event",
                "UPDATE failure SET detail = ''",
                "UPDATE organization SET issuer = 'mine'",
                "DELETE FROM flyway_schema_history",
                "UPDATE epoch SET name = gen_random_uuid()",
                "CREATE TABLE graphyn.mine ()",
            })
    void refusesToTheServer(String deed) throws SQLException {
        try (Connection connection = database.connect(TestDatabase.app());
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('graphyn.organizations', '{" + owner + "}', false)");
            SQLException refused = assertThrows(SQLException.class, () -> statement.execute(deed));
            assertEquals("42501", refused.getSQLState(), refused.getMessage());
        }
    }

    @Test
    void grantsNothingOnTheAuditTrailButToAddAndToRead() {
        assertEquals(
                "INSERT, SELECT",
                database
                        .read(
                                "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = 'audit_entry'"
                                        + " AND grantee IN ('PUBLIC', '" + TestDatabase.APP + "') ORDER BY 1")
                        .stream()
                        .collect(Collectors.joining(", ")));
    }

    @Test
    void findsAnOrganizationByItsForeignNameAndNoOther() throws SQLException {
        try (Connection connection = database.connect(TestDatabase.app());
                Statement statement = connection.createStatement()) {
            String id = database.read("SELECT external_id FROM organization WHERE organization_id = '" + owner + "'")
                    .getFirst();
            statement.execute("SELECT set_config('graphyn.issuer', 'https://issuer.example', false),"
                    + " set_config('graphyn.kind', 'ORGANIZATION', false),"
                    + " set_config('graphyn.external_id', '" + id + "', false)");
            assertEquals(1, count(statement, "organization"));
            assertEquals(0, count(statement, "agent"));
        }
    }
}
