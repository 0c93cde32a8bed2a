package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresRoleTest {
    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Optional<String> objection(Credentials role) {
        return PostgresRole.objection(
                new PostgresConfiguration(database.url(), role, 1, Duration.ofSeconds(10), Duration.ofSeconds(20)));
    }

    @Test
    void takesTheRoleThatOwnsNothing() {
        assertEquals(Optional.empty(), objection(TestDatabase.app()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERUSER", "BYPASSRLS"})
    void refusesARoleThatNoPolicyHolds(String attribute) {
        Credentials role = new Credentials("graphyn_unwalled", "not-a-secret");
        database.execute("CREATE ROLE graphyn_unwalled LOGIN PASSWORD 'not-a-secret' " + attribute);
        try {
            assertEquals(
                    Optional.of("The server's role \"graphyn_unwalled\" must be neither superuser nor BYPASSRLS."),
                    objection(role));
        } finally {
            database.execute("DROP ROLE graphyn_unwalled");
        }
    }

    @Test
    void refusesTheOwnerAndItsMembers() {
        Credentials member = new Credentials("graphyn_member", "not-a-secret");
        database.execute("CREATE ROLE graphyn_member LOGIN PASSWORD 'not-a-secret' IN ROLE " + TestDatabase.OWNER);
        try {
            for (Credentials role : new Credentials[] {TestDatabase.owner(), member}) {
                assertEquals(
                        Optional.of("The server's role \"" + role.user()
                                + "\" must own nothing in the schema, and be no member of a role that does."),
                        objection(role));
            }
        } finally {
            database.execute("DROP ROLE graphyn_member");
        }
    }

    @Test
    void leavesAnAbsentDatabaseToItsHealth() {
        try (TcpProxy proxy = database.proxy()) {
            PostgresConfiguration behind = database.configurationBehind(proxy, 1);
            proxy.takeAway();
            assertEquals(
                    Optional.empty(),
                    PostgresRole.objection(new PostgresConfiguration(
                            behind.jdbcUrl(), behind.app(), 1, Duration.ofMillis(250), Duration.ofSeconds(1))));
        }
    }
}
