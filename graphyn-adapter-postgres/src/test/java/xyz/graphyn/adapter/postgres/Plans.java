package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import xyz.graphyn.domain.access.OrganizationId;

/** How the very statements that stores ran are planned, as the server's role and behind the policies. */
final class Plans {
    private static final String ANNOUNCEMENT = "SELECT set_config";

    private final TestDatabase database;
    private final OrganizationId organization;
    private final List<String> statements = new ArrayList<>();

    /** @param organization whose rows statements see that do not say it themselves, as those behind the first of a transaction */
    Plans(TestDatabase database, OrganizationId organization) {
        this.database = database;
        this.organization = organization;
    }

    /** Notes what a server runs from now on. */
    void listenTo(PostgresStorage server) {
        server.jdbi().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                String statement = context.getStatement().toString();
                statements.add(statement.substring(statement.indexOf(" wrapping ") + " wrapping ".length()));
            }
        });
    }

    void forget() {
        statements.clear();
    }

    /** Of what was run since it was last forgotten, once more; what that changes is taken back. Never empty. */
    List<JsonNode> of(String part) throws SQLException {
        List<JsonNode> plans = new ArrayList<>();
        for (String statement : List.copyOf(statements)) {
            if (statement.contains(part)) {
                plans.addAll(explain(statement));
            }
        }
        assertFalse(plans.isEmpty());
        return plans;
    }

    private List<JsonNode> explain(String statement) throws SQLException {
        int end = statement.startsWith(ANNOUNCEMENT) ? statement.indexOf(";\n") + 2 : 0;
        String announcement = end > 0
                ? statement.substring(0, end)
                : ANNOUNCEMENT + "('graphyn.organizations', '{" + organization + "}', true)";
        List<JsonNode> plans = new ArrayList<>();
        try (Connection connection = database.connect(TestDatabase.app());
                Statement explain = connection.createStatement()) {
            connection.setAutoCommit(false);
            explain.execute(announcement);
            for (String part : statement.substring(end).split(";\\s*\n", -1)) {
                if (!part.strip().equals("COMMIT")) {
                    try (ResultSet row = explain.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + part)) {
                        row.next();
                        plans.add(new ObjectMapper()
                                .readTree(row.getString(1))
                                .get(0)
                                .get("Plan"));
                    }
                }
            }
            connection.rollback();
        }
        return plans;
    }

    static Stream<JsonNode> parts(JsonNode plan) {
        return Stream.concat(Stream.of(plan), plan.path("Plans").valueStream().flatMap(Plans::parts));
    }

    static double rowsRead(JsonNode part) {
        return part.path("Actual Loops").asDouble()
                * (part.path("Actual Rows").asDouble()
                        + part.path("Rows Removed by Filter").asDouble());
    }

    /** An index that is read from end to end shows no rows that were removed: its pages tell. */
    private static long pagesRead(JsonNode part) {
        return part.path("Shared Hit Blocks").asLong()
                + part.path("Shared Read Blocks").asLong();
    }

    /**
     * That no part of the plan reads one of the tables as a whole, or more than so many of its rows or pages.
     *
     * @param tables none for all
     */
    static void assertReadsLittle(Object question, JsonNode plan, List<String> tables, int rows, int pages) {
        parts(plan)
                .filter(part -> part.has("Relation Name"))
                .filter(part -> tables.isEmpty()
                        || tables.contains(part.path("Relation Name").asString()))
                .filter(part -> !part.path("Node Type").asString().equals("ModifyTable"))
                .forEach(part -> {
                    assertFalse(
                            part.path("Node Type").asString().endsWith("Seq Scan"),
                            () -> question + ": " + plan.toPrettyString());
                    assertTrue(
                            rowsRead(part) <= rows,
                            () -> question + " read " + rowsRead(part) + " rows: " + plan.toPrettyString());
                    assertTrue(
                            pagesRead(part) <= pages,
                            () -> question + " read " + pagesRead(part) + " pages: " + plan.toPrettyString());
                });
    }
}
