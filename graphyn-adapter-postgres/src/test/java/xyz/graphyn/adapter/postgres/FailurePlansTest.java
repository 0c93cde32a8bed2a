package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.application.failure.FailureQuery;
import xyz.graphyn.application.failure.FailureQuery.Position;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;

/** A page of failures reads no more than it shows: five organizations and all of them, with 10,000 notes each. */
@ParameterizedClass(name = "analysed: {0}")
@ValueSource(booleans = {false, true})
class FailurePlansTest {
    private static final int PAGE = 50;
    private static final Instant START = Instant.parse("2026-05-04T00:00:00Z");
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0x7000, 3));
    private static final AgentId AGENT = new AgentId(new UUID(0x7000, 77));

    private static TestDatabase database;
    private static final List<String> statements = new ArrayList<>();

    FailurePlansTest(@SuppressWarnings("unused") boolean analysed) {}

    @BeforeAll
    static void fill() {
        database = TestDatabase.create();
        database.execute("""
                INSERT INTO failure (organization_id, failure_id, at, last_at, count, server, kind, agent_id, detail)
                SELECT CASE WHEN o > 0 THEN ('00000000-0000-7000-0000-' || lpad(o::text, 12, '0'))::uuid END,
                    gen_random_uuid(), at, at, 1, 's1', CASE n %% 100 WHEN 0 THEN 'DELIVERY' ELSE 'SLOW_CLIENT' END,
                    CASE WHEN o > 0 THEN ('00000000-0000-7000-0000-' || lpad(to_hex(n %% 100), 12, '0'))::uuid END, 'x'
                FROM generate_series(0, 5) o, generate_series(1, 10000) n,
                    LATERAL (SELECT '%s'::timestamptz + n * interval '1 second' AS at) times""".formatted(START));
        database.storage().jdbi().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                String statement = context.getStatement().toString();
                statements.add(statement.substring(statement.indexOf(" wrapping ") + " wrapping ".length()));
            }
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeParameterizedClassInvocation
    static void takeStatistics(boolean analysed) {
        if (analysed) {
            database.execute("ANALYZE failure");
        }
    }

    static List<FailureQuery> pages() {
        Instant middle = START.plusSeconds(5_000);
        Position deep = new Position(START.plusSeconds(2_000), new UUID(-1, -1));
        return List.of(
                new FailureQuery(null, null, null, null, null, PAGE),
                new FailureQuery(null, null, START, null, deep, PAGE),
                new FailureQuery(null, null, null, middle, null, PAGE),
                new FailureQuery(Kind.DELIVERY, null, START, null, null, PAGE),
                new FailureQuery(Kind.DELIVERY, null, null, middle, null, PAGE),
                new FailureQuery(Kind.SLOW_CLIENT, null, null, null, deep, PAGE),
                new FailureQuery(null, AGENT, START, null, null, PAGE),
                new FailureQuery(Kind.SLOW_CLIENT, AGENT, null, middle, null, PAGE));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsAPageAlongAnIndex(FailureQuery query) throws SQLException {
        statements.clear();
        assertEquals(
                PAGE,
                database.storage().failures().page(ORGANIZATION, query).items().size());
        assertEquals(1, statements.size());
        JsonNode plan = explain(statements.getFirst());
        parts(plan).forEach(part -> {
            String type = part.path("Node Type").asString();
            assertTrue(!type.endsWith("Seq Scan"), plan::toPrettyString);
            double read = part.path("Actual Loops").asDouble()
                    * (part.path("Actual Rows").asDouble()
                            + part.path("Rows Removed by Filter").asDouble());
            assertTrue(read <= 2 * (PAGE + 1), plan::toPrettyString);
        });
    }

    private static Stream<JsonNode> parts(JsonNode plan) {
        return Stream.concat(Stream.of(plan), plan.path("Plans").valueStream().flatMap(FailurePlansTest::parts));
    }

    private static JsonNode explain(String statement) throws SQLException {
        int end = statement.indexOf(";\n") + 2;
        try (Connection connection = database.connect(TestDatabase.app());
                Statement explain = connection.createStatement()) {
            connection.setAutoCommit(false);
            explain.execute(statement.substring(0, end));
            try (ResultSet row = explain.executeQuery("EXPLAIN (ANALYZE, FORMAT JSON) " + statement.substring(end))) {
                row.next();
                return new ObjectMapper().readTree(row.getString(1)).get(0).get("Plan");
            }
        }
    }
}
