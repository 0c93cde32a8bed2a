package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
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
import xyz.graphyn.application.usage.UsageFilter;
import xyz.graphyn.application.usage.UsagePart.By;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;

/** The meter is read along its indexes: three organizations with 20,000 rows each, 10 agents, 20 users and 1,000 sessions. */
@ParameterizedClass(name = "analysed: {0}")
@ValueSource(booleans = {false, true})
class UsagePlansTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-01-01");
    private static final OrganizationId ORGANIZATION = new OrganizationId(new UUID(0x7000, 2));
    private static final AgentKey AGENT = new AgentKey(ORGANIZATION, new AgentId(new UUID(0x7000, 7)));

    private static TestDatabase database;
    private static final List<String> statements = new ArrayList<>();

    UsagePlansTest(@SuppressWarnings("unused") boolean analysed) {}

    @BeforeAll
    static void fill() {
        database = TestDatabase.create();
        database.execute("""
                INSERT INTO token_usage (organization_id, usage_id, at, agent_id, subject, session_id, model, sent, baseline,
                    window_tokens, tokenizer, measured)
                SELECT ('00000000-0000-7000-0000-' || lpad(o::text, 12, '0'))::uuid, lpad(to_hex(n), 32, '0')::uuid,
                    '%s'::timestamptz + n * interval '10 minutes',
                    ('00000000-0000-7000-0000-' || lpad((n %% 10)::text, 12, '0'))::uuid, 'user-' || n %% 20,
                    'chat-' || n / 20, 'model-' || n %% 3, 1, 2, 3, 'words', true
                FROM generate_series(1, 3) o, generate_series(1, 20000) n;
                INSERT INTO usage_day
                SELECT organization_id, who, (at AT TIME ZONE 'UTC')::date, agent_id, model, count(*), 0, sum(sent),
                    sum(baseline), sum(window_tokens), 0, 0, 0, 0, 0, 0, 0, NULL
                FROM token_usage, LATERAL (VALUES (subject), ('')) AS whose (who) GROUP BY 1, 2, 3, 4, 5;
                INSERT INTO usage_session
                SELECT organization_id, who, agent_id, session_id, max(at), count(*), 0, sum(sent), sum(baseline),
                    sum(window_tokens), 0, 0, 0, 0, 0, 0, 0, NULL
                FROM token_usage, LATERAL (VALUES (subject), ('')) AS whose (who) GROUP BY 1, 2, 3, 4""".formatted(START));
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
            database.execute("ANALYZE token_usage, usage_day, usage_session");
        }
    }

    /** @param most rows that any part of the plan may read */
    record Case(String name, long expected, int most, ToLongFunction<UsageStore> question) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> questions() {
        UsageFilter week = new UsageFilter(null, DAY.plusDays(60), DAY.plusDays(67), null, null);
        UsageFilter own = new UsageFilter("user-3", DAY, DAY.plusDays(366), null, null);
        UsageFilter agents = new UsageFilter(null, DAY, DAY.plusDays(366), AGENT.agent(), null);
        UsageFilter year = new UsageFilter(null, DAY, DAY.plusDays(366), null, null);
        UsageRow.Assembled context = new UsageRow.Assembled(
                new UsageRow.Origin(
                        new UsageId(UUID.fromString("00000000-0000-0000-0000-000000002711")),
                        START.plusSeconds(600L * 10_001),
                        new AgentKey(ORGANIZATION, new AgentId(new UUID(0x7000, 1))),
                        "user-1",
                        "chat-500",
                        null),
                new ContextUsage(1, 2, 3, "words", true));
        return List.of(
                new Case(
                        "a week",
                        1_008,
                        250,
                        usage -> usage.totals(ORGANIZATION, week).requests()),
                new Case(
                        "own year",
                        1_000,
                        500,
                        usage -> usage.totals(ORGANIZATION, own).requests()),
                new Case(
                        "own days",
                        139,
                        500,
                        usage -> usage.parts(ORGANIZATION, own, By.DAY, 400).size()),
                new Case(
                        "latest sessions",
                        50,
                        60,
                        usage -> usage.parts(ORGANIZATION, year, By.SESSION, 50).size()),
                new Case(
                        "latest sessions of an agent",
                        50,
                        60,
                        usage -> usage.parts(ORGANIZATION, agents, By.SESSION, 50)
                                .size()),
                new Case(
                        "a context",
                        1,
                        2,
                        usage -> usage
                                .context(
                                        context.origin().agent(),
                                        context.origin().id())
                                .stream()
                                .count()),
                new Case(
                        "the latest context",
                        1,
                        2,
                        usage -> usage
                                .latestContext(
                                        context.origin().agent(),
                                        "user-1",
                                        "chat-500",
                                        context.origin().at().minusSeconds(300),
                                        context.origin().at().plusSeconds(300))
                                .stream()
                                .count()),
                new Case(
                        "a warm history",
                        0,
                        4,
                        usage -> usage.warmHistory(context, context.origin().at())));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void readsAlongAnIndex(Case question) throws SQLException {
        statements.clear();
        assertEquals(
                question.expected,
                question.question.applyAsLong(database.storage().usage()));
        assertEquals(1, statements.size());
        JsonNode plan = explain(statements.getFirst());
        parts(plan).forEach(part -> {
            assertTrue(!part.path("Node Type").asString().endsWith("Seq Scan"), plan::toPrettyString);
            double read = part.path("Actual Loops").asDouble()
                    * (part.path("Actual Rows").asDouble()
                            + part.path("Rows Removed by Filter").asDouble());
            assertTrue(read <= question.most, () -> read + ": " + plan.toPrettyString());
        });
    }

    private static Stream<JsonNode> parts(JsonNode plan) {
        return Stream.concat(Stream.of(plan), plan.path("Plans").valueStream().flatMap(UsagePlansTest::parts));
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
