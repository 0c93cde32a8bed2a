package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import xyz.graphyn.adapter.postgres.agent.PostgresAgentStore;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.event.EventQuery.Order;
import xyz.graphyn.application.masking.RowDetection;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.StaleRowsContract;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

/**
 * How the very statements that the stores run are planned, as the server's role and behind the policies: one agent with
 * 100,000 events and as many nodes, among the rows of others; before PostgreSQL took statistics of them, and after.
 */
@ParameterizedClass(name = "analysed: {0}")
@ValueSource(booleans = {false, true})
class PlansTest implements StorageContract {
    private static final int ROWS = BigAgent.ROWS;

    private static final int PAGE = 50;
    /** By which the rows were searched. */
    private static final RulesVersion RULES = RulesVersion.of(1, 0);

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<String> SMALL =
            List.of("event_span", "agent_purge", "agent_rules", "memory_backlog", "organization_rules");

    private static TestDatabase database;
    private static PostgresStorage telling;
    private static AgentKey agent;
    private static final List<String> statements = new ArrayList<>();

    @BeforeAll
    static void fill() {
        database = TestDatabase.create();
        // Otherwise the driver sends arrays in binary form, and can't write them into the text of the statement. It
        // parts
        // settings from a statement outside of a transaction, so this one serves for the appender only.
        telling = database.openWith("?preferQueryMode=simple");
        PlansTest test = new PlansTest(false);
        agent = test.newAgent();
        for (int i = 0; i < 20; i++) {
            test.newAgent(i < 10 ? agent.organization() : test.newOrganization(), Samples.profile("other " + i));
        }
        BigAgent.fill(database, agent);
        for (PostgresStorage server : List.of(database.storage(), telling)) {
            server.jdbi().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    String statement = context.getStatement().toString();
                    statements.add(statement.substring(statement.indexOf(" wrapping ") + " wrapping ".length()));
                }
            });
        }
    }

    @AfterAll
    static void close() {
        telling.close();
        database.close();
    }

    PlansTest(@SuppressWarnings("unused") boolean analysed) {}

    @BeforeParameterizedClassInvocation
    static void takeStatistics(boolean analysed) {
        if (analysed) {
            database.execute("ANALYZE");
        }
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    record Case(String name, int rows, ToIntFunction<Storage> question) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Instant minute(int n) {
        return START.plusSeconds(60L * n);
    }

    private static Case events(
            String name,
            int rows,
            Set<String> types,
            @Nullable String session,
            @Nullable Instant from,
            @Nullable Instant to,
            Order order,
            @Nullable Long position) {
        EventQuery query = new EventQuery(types, session, from, to, 0, order, position, PAGE, null);
        EventQuery proven = new EventQuery(types, session, from, to, 0, order, position, PAGE, RULES);
        return new Case("events " + name + " " + order, rows, ports -> {
            assertEquals(rows, ports.events().page(agent, proven).items().size());
            return ports.events().page(agent, query).items().size();
        });
    }

    private static Case nodes(
            String name,
            int rows,
            @Nullable String type,
            @Nullable String label,
            @Nullable String session,
            @Nullable Instant from,
            @Nullable Instant to) {
        NodeQuery query = new NodeQuery(type, label, session, from, to, null, PAGE, null);
        NodeQuery proven = new NodeQuery(type, label, session, from, to, null, PAGE, RULES);
        NodeQuery behind = new NodeQuery(
                type,
                label,
                session,
                from,
                to,
                new NodeQuery.Position(minute(ROWS + 1), new NodeId(new UUID(0, 0))),
                PAGE,
                null);
        return new Case("nodes " + name, rows, ports -> {
            assertEquals(rows, ports.nodes().page(agent, behind).items().size());
            assertEquals(rows, ports.nodes().page(agent, proven).items().size());
            return ports.nodes().page(agent, query).items().size();
        });
    }

    static Stream<Case> pages() {
        Stream<Case> events = Stream.of(Order.values())
                .flatMap(order -> Stream.of(
                        events("", PAGE, Set.of(), null, null, null, order, null),
                        events("in the middle", PAGE, Set.of(), null, null, null, order, ROWS / 2L),
                        events("of a type", PAGE, Set.of("message"), null, null, null, order, null),
                        events("of a rare type", PAGE, Set.of("rare"), null, null, null, order, null),
                        events("of an absent type", 0, Set.of("absent"), null, null, null, order, null),
                        events("of types", PAGE, Set.of("message", "rare", "absent"), null, null, null, order, null),
                        events("of a session", PAGE, Set.of(), "s100", null, null, order, null),
                        events("of an absent session", 0, Set.of(), "absent", null, null, order, null),
                        events("of an old hour", PAGE, Set.of(), null, minute(100), minute(160), order, null),
                        events("of a late hour", PAGE, Set.of(), null, minute(99_900), minute(99_960), order, null),
                        events("of an old tenth", PAGE, Set.of(), null, minute(100), minute(10_000), order, null),
                        events("of a late tenth", PAGE, Set.of(), null, minute(90_000), minute(99_000), order, null),
                        events("from the start", PAGE, Set.of(), null, START, null, order, null),
                        events("of a year to come", 0, Set.of(), null, minute(900_000), null, order, null)));
        Stream<Case> nodes = Stream.of(
                nodes("", PAGE, null, null, null, null, null),
                nodes("of a type", PAGE, "fact", null, null, null, null),
                nodes("of a rare type", PAGE, "rare", null, null, null, null),
                nodes("of a common label", PAGE, null, "common", null, null, null),
                nodes("of a rare label", PAGE, null, "l7", null, null, null),
                nodes("of an absent label", 0, null, "absent", null, null, null),
                nodes("of a session", PAGE, null, null, "s100", null, null),
                nodes("of an old hour", PAGE, null, null, null, minute(100), minute(160)),
                nodes("of an old half", PAGE, null, null, null, minute(100), minute(50_000)));
        return Stream.concat(events, nodes);
    }

    static Stream<Case> combinations() {
        Stream<Case> nodes = Stream.of(
                nodes("of a label in a session", PAGE, null, "common", "s100", null, null),
                nodes("of a rare label in a session", 1, null, "l7", "s0", null, null),
                nodes("of a type and a label", PAGE, "fact", "l7", null, null, null),
                nodes("of a rare type in an old tenth", 9, "rare", null, null, minute(100), minute(9_500)),
                nodes("of a session in an hour", 30, null, null, "s7", minute(3_500), minute(3_530)));
        Stream<Case> events = Stream.of(Order.values())
                .flatMap(order -> Stream.of(
                        events(
                                "of a rare type, old tenth",
                                9,
                                Set.of("rare"),
                                null,
                                minute(100),
                                minute(9_500),
                                order,
                                null),
                        events("of a rare type, any time", PAGE, Set.of("rare"), null, START, null, order, null),
                        events("of a session and a type", PAGE, Set.of("note"), "s100", null, null, order, null),
                        events("of a session and types", PAGE, Set.of("note", "rare"), "s7", null, null, order, null),
                        events(
                                "of a session in an hour",
                                30,
                                Set.of(),
                                "s7",
                                minute(3_500),
                                minute(3_530),
                                order,
                                null)));
        return Stream.concat(events, nodes);
    }

    private List<JsonNode> plans(Case page) throws SQLException {
        return plans(page, storage());
    }

    private static List<JsonNode> plans(Case page, Storage asked) throws SQLException {
        statements.clear();
        assertEquals(page.rows, page.question.applyAsInt(asked), "the page is as long as it should be");
        assertFalse(statements.isEmpty());
        List<JsonNode> plans = new ArrayList<>();
        for (String statement : List.copyOf(statements)) {
            plans.addAll(explain(statement));
        }
        return plans;
    }

    /** Runs what a store ran, with its announcement if it had one, its values in place; several, if they went together. */
    private static List<JsonNode> explain(String statement) throws SQLException {
        int end = statement.startsWith("SELECT set_config") ? statement.indexOf(";\n") + 2 : 0;
        String announcement = end > 0
                ? statement.substring(0, end)
                : "SELECT set_config('graphyn.organizations', '{" + agent.organization() + "}', true)";
        try (Connection connection = database.connect(TestDatabase.app());
                Statement explain = connection.createStatement()) {
            connection.setAutoCommit(false);
            explain.execute(announcement);
            List<JsonNode> plans = new ArrayList<>();
            for (String part : statement.substring(end).split(";\n", -1)) {
                try (ResultSet row = explain.executeQuery("EXPLAIN (ANALYZE, FORMAT JSON) " + part)) {
                    row.next();
                    plans.add(
                            new ObjectMapper().readTree(row.getString(1)).get(0).get("Plan"));
                }
            }
            return plans;
        }
    }

    private static Stream<JsonNode> parts(JsonNode plan) {
        JsonNode children = plan.path("Plans");
        return Stream.concat(Stream.of(plan), children.valueStream().flatMap(PlansTest::parts));
    }

    private static double rowsRead(JsonNode part) {
        double loops = part.path("Actual Loops").asDouble();
        return loops
                * (part.path("Actual Rows").asDouble()
                        + part.path("Rows Removed by Filter").asDouble());
    }

    private static void assertNoSeqScan(Case page, JsonNode plan) {
        parts(plan)
                .filter(part -> part.path("Node Type").asString().endsWith("Seq Scan"))
                .forEach(part -> assertTrue(
                        SMALL.contains(part.path("Relation Name").asString()),
                        () -> page + ": " + plan.toPrettyString()));
    }

    private static void assertNoLongSort(Case page, JsonNode plan) {
        parts(plan)
                .filter(part -> part.path("Node Type").asString().endsWith("Sort"))
                .forEach(part -> parts(part)
                        .skip(1)
                        .limit(1)
                        .forEach(input -> assertTrue(
                                input.path("Actual Rows").asDouble() <= 2 * (PAGE + 1),
                                () -> page + ": " + plan.toPrettyString())));
    }

    private static void assertReadsFewRows(Case page, JsonNode plan, int most) {
        double read = parts(plan).mapToDouble(PlansTest::rowsRead).max().orElseThrow();
        assertTrue(read <= most, () -> page + " read " + read + " rows: " + plan.toPrettyString());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsAPageOfOneFilterInTheOrderOfAnIndex(Case page) throws SQLException {
        for (JsonNode plan : plans(page)) {
            assertNoSeqScan(page, plan);
            assertNoLongSort(page, plan);
            assertReadsFewRows(page, plan, 2_100);
        }
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void readsAPageOfSeveralFiltersWithoutReadingTheLog(Case page) throws SQLException {
        for (JsonNode plan : plans(page)) {
            assertNoSeqScan(page, plan);
            assertReadsFewRows(page, plan, 2_100);
        }
    }

    @Test
    void findsOneThingByItsKey() throws SQLException {
        String event = database.read(
                        "SELECT event_id FROM event WHERE agent_id = '" + agent.agent() + "' AND seq = 777")
                .getFirst();
        String node = database.read("SELECT node_id FROM node WHERE agent_id = '" + agent.agent() + "' LIMIT 1")
                .getFirst();
        List<Case> cases = List.of(
                new Case("event", 1, ports -> count(ports.events().find(agent, new EventId(UUID.fromString(event))))),
                new Case("node", 1, ports -> count(ports.nodes().find(agent, new NodeId(UUID.fromString(node))))),
                new Case("agent", 1, ports -> count(ports.agents().find(agent))),
                new Case("creator", 1, ports -> count(uncached().creatorOf(agent))));
        for (Case one : cases) {
            for (JsonNode plan : plans(one)) {
                assertNoSeqScan(one, plan);
                assertReadsFewRows(one, plan, 25);
            }
        }
    }

    @Test
    void followsALogAlongItsPrimaryKey() throws SQLException {
        for (long after : new long[] {0, ROWS / 2, ROWS - 1_000}) {
            Case page = new Case(
                    "following " + after,
                    1_000,
                    ports -> ports.events().follow(agent, after, 1_000).size());
            for (JsonNode plan : plans(page)) {
                assertNoSeqScan(page, plan);
                assertNoLongSort(page, plan);
                assertReadsFewRows(page, plan, 1_000);
            }
        }
    }

    @Test
    void looksUpEachHeadByItself() throws SQLException {
        List<AgentKey> watched = Stream.concat(
                        Stream.of(agent),
                        IntStream.range(0, 2_000)
                                .mapToObj(i -> new AgentKey(agent.organization(), new AgentId(IDS.next()))))
                .toList();
        Case heads = new Case(
                "heads", 1, ports -> ports.eventHeads().read(watched).seqs().size());
        List<JsonNode> plans = plans(heads);
        assertEquals(2, plans.size(), "the epoch, and the heads");
        assertNoSeqScan(heads, plans.getLast());
        assertReadsFewRows(heads, plans.getLast(), 2_001);
    }

    private static AgentStore uncached() {
        return new PostgresAgentStore(new TenantDatabase(database.storage().jdbi()));
    }

    private static int count(Optional<?> found) {
        return found.isPresent() ? 1 : 0;
    }

    @Test
    void looksUpEachIdOfABatchByItself() throws SQLException {
        EventDraft[] drafts = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> Samples.event("x" + i))
                .toArray(EventDraft[]::new);
        NodeDraft[] nodes = IntStream.rangeClosed(1, 1_000)
                .mapToObj(i -> new NodeDraft("fact", "text", List.of(), Json.EMPTY, null, null, "x" + i))
                .toArray(NodeDraft[]::new);
        List<Case> batches = List.of(
                new Case(
                        "events",
                        1_000,
                        ports -> ports.appender()
                                .recordEvents(batch(agent, drafts))
                                .size()),
                new Case(
                        "nodes",
                        1_000,
                        ports -> ports.appender().addNodes(nodes(agent, nodes)).size()));
        for (Case batch : batches) {
            List<JsonNode> plans = plans(batch, database.ports(telling));
            assertEquals(2, plans.size(), "lock and known");
            for (JsonNode plan : plans) {
                assertNoSeqScan(batch, plan);
                assertReadsFewRows(batch, plan, 1_000);
            }
        }
    }

    @Test
    void pagesThroughTheAgentsOfOneOrganization() throws SQLException {
        OrganizationId organization = agent.organization();
        AgentQuery named = new AgentQuery("MANY", new AgentId(new UUID(-1, -1)), PAGE, null);
        AgentQuery proven = new AgentQuery("MANY", null, PAGE, RulesVersion.NONE);
        List<Case> cases = List.of(
                new Case(
                        "agents by proven name",
                        PAGE,
                        ports -> ports.agents()
                                .page(organization, proven)
                                .items()
                                .size()),
                new Case(
                        "agents",
                        PAGE,
                        ports -> ports.agents()
                                .page(organization, new AgentQuery(null, null, PAGE, null))
                                .items()
                                .size()),
                new Case(
                        "agents by name",
                        PAGE,
                        ports ->
                                ports.agents().page(organization, named).items().size()));
        for (Case page : cases) {
            for (JsonNode plan : plans(page)) {
                assertNoSeqScan(page, plan);
                assertNoLongSort(page, plan);
                assertReadsFewRows(page, plan, 200);
            }
        }
    }

    /** A step in the middle of an agent most of which has been searched. */
    @Test
    void passesOverWhatIsSearchedAlongTheKeys() throws SQLException {
        for (String place : List.of("event_seq = 50000", "event_seq = 1000000")) {
            database.execute("DELETE FROM agent_rules WHERE agent_id <> '" + agent.agent()
                    + "'; UPDATE agent_rules SET " + place + ", taken_until = '-infinity'");
            RowDetection detection = StaleRowsContract.Detection.by(RULES);
            Case step = new Case(
                    "searching again from " + place,
                    1,
                    ports -> ports.staleRows().searchAgain(1, detection) ? 1 : 0);
            for (JsonNode plan : plans(step)) {
                assertNoSeqScan(step, plan);
                assertReadsFewRows(step, plan, 1_100);
            }
        }
    }

    @Test
    void readsMemoryAlongItsVersions() throws SQLException {
        for (long after : new long[] {0, ROWS / 2, ROWS - 100}) {
            int rows = (int) Math.min(1_000, ROWS - after);
            Case page = new Case(
                    "changes since " + after,
                    rows,
                    ports -> ports.memoryChanges()
                            .since(agent, after, "small-1", 1_000)
                            .changed()
                            .size());
            for (JsonNode plan : plans(page)) {
                assertNoSeqScan(page, plan);
                assertReadsFewRows(page, plan, 1_010);
            }
        }
    }

    @Test
    void findsOneStateAndFewIncompleteNodesOfMany() throws SQLException {
        List<Case> cases = List.of(
                new Case("state", 1, ports -> count(ports.memory().state(agent, Instant.EPOCH))),
                new Case(
                        "set aside",
                        0,
                        ports -> ports.memory().setAside(agent, 0, PAGE).items().size()),
                new Case(
                        "incomplete",
                        PAGE,
                        ports -> ports.memoryBacklog()
                                .incomplete(agent, "small-1", PAGE)
                                .size()),
                new Case(
                        "uncounted",
                        0,
                        ports -> ports.memoryBacklog()
                                .incomplete(agent, "", PAGE)
                                .size()),
                new Case(
                        "all of some",
                        PAGE,
                        ports -> ports.nodes()
                                .findAll(
                                        agent,
                                        database
                                                .read("SELECT node_id FROM node WHERE agent_id = '" + agent.agent()
                                                        + "' ORDER BY occurred_at DESC LIMIT " + PAGE)
                                                .stream()
                                                .map(id -> new NodeId(UUID.fromString(id)))
                                                .toList())
                                .size()));
        for (Case one : cases) {
            for (JsonNode plan : plans(one)) {
                assertNoSeqScan(one, plan);
                assertReadsFewRows(one, plan, 3 * PAGE);
            }
        }
    }
}
