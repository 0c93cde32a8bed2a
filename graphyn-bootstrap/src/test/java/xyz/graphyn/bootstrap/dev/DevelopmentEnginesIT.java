package xyz.graphyn.bootstrap.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xyz.graphyn.adapter.postgres.Credentials;
import xyz.graphyn.adapter.redis.RedisAdapter;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration.Database;
import xyz.graphyn.endtoend.site.SharedEngine;

@Timeout(180)
class DevelopmentEnginesIT {
    @TempDir
    private Path directory;

    @Test
    void keepsItsDataAndLeavesNoProcess() throws Exception {
        Path path = directory.resolve("a home");
        try (DataFolder home = DataFolder.open(path)) {
            DevelopmentEngines first = DevelopmentEngines.start(home, 10);
            try (first) {
                update(first, "CREATE TABLE kept (text text)", "INSERT INTO kept VALUES ('é 😀')");
                assertUp(first);
            }
            assertGone(first);
            try (DevelopmentEngines second = DevelopmentEngines.start(home, 10)) {
                assertEquals("é 😀", query(second, owner(second), "SELECT text FROM kept"));
                assertUp(second);
            }
        }
    }

    @Test
    void isAsDurableAsInProductionAndLetsOnlyItsRolesIn() throws Exception {
        SharedEngine.lendTo(directory.resolve("home"));
        try (DataFolder home = DataFolder.open(directory.resolve("home"));
                DevelopmentEngines engines = DevelopmentEngines.start(home, 10)) {
            Credentials application = engines.database().storage().app();
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertEquals("on", query(engines, application, "SHOW " + setting), setting);
            }
            assertEquals("127.0.0.1", query(engines, application, "SHOW listen_addresses"));
            assertEquals("UTF8", query(engines, application, "SHOW server_encoding"));
            assertTrue(query(engines, application, "SHOW server_version").startsWith("18."));
            assertEquals(
                    "graphyn_app f f f f",
                    query(
                            engines,
                            application,
                            "SELECT concat_ws(' ', rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole)"
                                    + " FROM pg_roles WHERE rolname = current_user"));
            assertEquals(
                    "graphyn_owner",
                    query(
                            engines,
                            application,
                            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'graphyn'"));
            assertThrows(SQLException.class, () -> query(engines, application, "CREATE TABLE mine (id int)"));
            Credentials stranger = new Credentials("postgres", "not the password");
            assertThrows(SQLException.class, () -> query(engines, stranger, "SELECT 1"));
        }
    }

    @Test
    void beginsAgainWhereAFirstStartWasCutOff() throws Exception {
        Path data = directory.resolve("postgres/data");
        Files.createDirectories(data.resolve("base"));
        Files.writeString(data.resolve("postgresql.conf"), "half a file");
        try (DataFolder home = DataFolder.open(directory);
                DevelopmentEngines engines = DevelopmentEngines.start(home, 10)) {
            assertEquals("1", query(engines, owner(engines), "SELECT 1"));
        }
    }

    @Test
    void takesNoOtherProcessForItsOwn() throws Exception {
        SharedEngine.lendTo(directory);
        try (DataFolder home = DataFolder.open(directory)) {
            DevelopmentEngines.start(home, 10).close();
            Process stranger = new ProcessBuilder("sleep", "600").start();
            try {
                String pid = Long.toString(stranger.pid());
                Files.writeString(directory.resolve("postgres/data/postmaster.pid"), pid + "\n");
                Files.writeString(directory.resolve("redis/redis.pid"), pid + "\n");
                try (DevelopmentEngines engines = DevelopmentEngines.start(home, 10)) {
                    assertUp(engines);
                    assertNotEquals(stranger.pid(), engines.postgresPid());
                }
                assertTrue(stranger.isAlive());
            } finally {
                stranger.destroyForcibly().waitFor();
            }
        }
    }

    private static Credentials owner(DevelopmentEngines engines) {
        Credentials owner = engines.database().owner();
        if (owner == null) {
            throw new AssertionError("The engines name no owner.");
        }
        return owner;
    }

    private static void assertUp(DevelopmentEngines engines) throws SQLException {
        assertEquals("1", query(engines, owner(engines), "SELECT 1"));
        try (RedisAdapter redis = RedisAdapter.open(engines.redis())) {
            while (!(redis.health().check() instanceof Status.Up)) {
                Thread.onSpinWait();
            }
        }
    }

    private static void assertGone(DevelopmentEngines engines) {
        for (long pid : new long[] {engines.postgresPid(), engines.redisPid()}) {
            String arguments = ProcessHandle.of(pid)
                    .flatMap(process -> process.info().commandLine())
                    .orElse("");
            assertFalse(arguments.contains("a home"), arguments);
        }
    }

    private static void update(DevelopmentEngines engines, String... statements) throws SQLException {
        try (Connection connection = connect(engines.database(), owner(engines));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(DevelopmentEngines engines, Credentials role, String sql) throws SQLException {
        try (Connection connection = connect(engines.database(), role);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next(), sql);
            return rows.getString(1);
        }
    }

    private static Connection connect(Database database, Credentials role) throws SQLException {
        return DriverManager.getConnection(database.storage().jdbcUrl(), role.user(), role.password());
    }
}
