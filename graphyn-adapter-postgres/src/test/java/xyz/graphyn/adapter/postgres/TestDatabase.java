package xyz.graphyn.adapter.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.storage.HeardCommits;
import xyz.graphyn.testkit.storage.Storage;

/** A fresh database, made as an operator makes one: an owner who migrates, and a role for the server that owns nothing. */
final class TestDatabase implements AutoCloseable {
    static final String OWNER = "graphyn_owner";
    static final String APP = "graphyn_app";
    private static final String PASSWORD = "not-a-secret";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Server server;
    private final String url;
    private final PostgresStorage storage;
    private final HeardCommits heard = new HeardCommits();

    /** Where databases can be made: {@code url} ends before the database's name. */
    record Server(String url, String superuser, String password) {
        Connection connect(String database) throws SQLException {
            return DriverManager.getConnection(url + database, superuser, password);
        }
    }

    /**
     * One cluster for all tests of this JVM, which ends with it. Or a server that is there already:
     * {@code -Dgraphyn.test.postgres=jdbc:postgresql://host:port/}, with {@code …postgres.user} and {@code …postgres.password} of
     * a superuser.
     */
    private static final class Embedded {
        static final Server SERVER = start();

        private static Server start() {
            String url = System.getProperty("graphyn.test.postgres");
            if (url != null) {
                return new Server(
                        url,
                        System.getProperty("graphyn.test.postgres.user", "postgres"),
                        System.getProperty("graphyn.test.postgres.password", "postgres"));
            }
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        // Statistics are taken when a test takes them.
                        .setServerConfig("autovacuum", "off")
                        .setRegisterShutdownHook(true)
                        .start();
                return new Server("jdbc:postgresql://localhost:" + postgres.getPort() + "/", "postgres", "postgres");
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private TestDatabase(Server server, String url) {
        this.server = server;
        this.url = url;
        storage = new PostgresStorage(configuration(10), new SequentialIds(), heard);
    }

    static TestDatabase create() {
        return createOn(Embedded.SERVER);
    }

    static TestDatabase createOn(Server server) {
        TestDatabase database = createEmptyOn(server);
        database.migrations().migrate();
        return database;
    }

    static TestDatabase createEmpty() {
        return createEmptyOn(Embedded.SERVER);
    }

    private static TestDatabase createEmptyOn(Server server) {
        String name = "graphyn_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String role : List.of(OWNER, APP)) {
                try (ResultSet found = statement.executeQuery("SELECT FROM pg_roles WHERE rolname = '" + role + "'")) {
                    if (!found.next()) {
                        statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
                    }
                }
            }
            statement.execute("CREATE DATABASE " + name + " OWNER " + OWNER + " TEMPLATE template0 ENCODING 'UTF8'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new TestDatabase(server, server.url() + name);
    }

    String url() {
        return url;
    }

    static Credentials owner() {
        return new Credentials(OWNER, PASSWORD);
    }

    static Credentials app() {
        return new Credentials(APP, PASSWORD);
    }

    PostgresMigrations migrations() {
        return new PostgresMigrations(url, owner(), APP);
    }

    PostgresConfiguration configuration(int poolSize) {
        return new PostgresConfiguration(url, app(), poolSize, Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    PostgresStorage storage() {
        return storage;
    }

    /** What {@link #storage} told of. */
    HeardCommits heard() {
        return heard;
    }

    /** One more server on this database, which the caller closes. */
    PostgresStorage open(int poolSize) {
        return new PostgresStorage(configuration(poolSize), new SequentialIds(), run -> {});
    }

    /** One more server on this database, with parameters of the driver, which the caller closes. */
    PostgresStorage openWith(String parameters) {
        PostgresConfiguration plain = configuration(2);
        return new PostgresStorage(
                new PostgresConfiguration(
                        plain.jdbcUrl() + parameters,
                        plain.app(),
                        plain.poolSize(),
                        plain.connectionTimeout(),
                        plain.statementTimeout()),
                new SequentialIds(),
                run -> {});
    }

    /** Something to put between a server and this database; sslmode=disable, so that it can read along. */
    TcpProxy proxy() {
        return new TcpProxy(URI.create(url.substring("jdbc:".length())).getPort());
    }

    PostgresConfiguration configurationBehind(TcpProxy proxy, int poolSize) {
        String path = URI.create(url.substring("jdbc:".length())).getPath();
        return new PostgresConfiguration(
                "jdbc:postgresql://localhost:" + proxy.port() + path + "?sslmode=disable&gssEncMode=disable",
                app(),
                poolSize,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20));
    }

    PostgresStorage openBehind(TcpProxy proxy, int poolSize) {
        return new PostgresStorage(configurationBehind(proxy, poolSize), new SequentialIds(), run -> {});
    }

    Storage ports() {
        return ports(storage);
    }

    Storage ports(PostgresStorage of) {
        return new Storage(
                of.unitOfWork(),
                of.organizations(),
                of.agents(),
                of.removedAgents(),
                of.nodes(),
                of.edges(),
                of.memoryChanges(),
                of.memory(),
                of.memoryBacklog(),
                of.links(),
                of.events(),
                of.eventHeads(),
                of.appender(),
                of.auditTrail(),
                of.disclosures(),
                of.maskingSettings(),
                of.staleRows(),
                of.idempotencyRecords(),
                of.usage(),
                of.savingsSettings(),
                new AuditReading(this));
    }

    Connection connectAsSuperuser() throws SQLException {
        return connect(new Credentials(server.superuser(), server.password()));
    }

    Connection connect(Credentials credentials) throws SQLException {
        String parameters = "?currentSchema=" + PostgresMigrations.SCHEMA;
        return DriverManager.getConnection(url + parameters, credentials.user(), credentials.password());
    }

    /** As the superuser, whom no policy holds: the first column of each row, as text. */
    List<String> read(String sql) {
        try (Connection connection = connectAsSuperuser();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** As the superuser, whom no policy holds. */
    void execute(String sql) {
        try (Connection connection = connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        storage.close();
    }
}
