package xyz.graphyn.adapter.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.health.Dependency;

/** Asks the database how it is, and whether it is the one that this server was made for. */
public final class PostgresHealth implements Dependency {
    /** How long an answer may take, the connection included. A database that is slower can't serve. */
    public static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(PostgresHealth.class);

    private final HikariDataSource connection;

    PostgresHealth(PostgresConfiguration configuration) {
        connection = ConnectionPools.openForHealth(configuration, TIMEOUT);
    }

    /** What the database answered. */
    public sealed interface Pulse {
        /** @param latency how long the trip took */
        record Ready(Duration latency) implements Pulse {}

        /** @param reason for people; holds no secret */
        record NotReady(String reason) implements Pulse {}
    }

    /** Takes {@link #TIMEOUT} at most, for getting the connection and for the answer each. Never throws. */
    public Pulse ping() {
        long start = System.nanoTime();
        try (Connection one = connection.getConnection();
                Statement statement = one.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (SELECT max(version) FROM flyway_schema_history WHERE success) AS version,
                            (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS unwalled""")) {
            row.next();
            String version = row.getString("version");
            // Newer is fine: while a cluster is upgraded, servers of the last release serve on the next one's schema.
            if (version == null || version.compareTo(PostgresMigrations.VERSION) < 0) {
                return new Pulse.NotReady("The schema is older than this server: run the migrations.");
            }
            if (row.getBoolean("unwalled")) {
                return new Pulse.NotReady("The server's role must be neither superuser nor BYPASSRLS.");
            }
            return new Pulse.Ready(Duration.ofNanos(System.nanoTime() - start));
        } catch (SQLException failure) {
            log.debug("PostgreSQL does not answer", failure);
            return new Pulse.NotReady(
                    "42P01".equals(failure.getSQLState()) || "3F000".equals(failure.getSQLState())
                            ? "The schema is missing: run the migrations."
                            : "The database does not answer.");
        }
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public boolean required() {
        return true;
    }

    @Override
    public Status check() {
        long start = System.nanoTime();
        return switch (ping()) {
            case Pulse.Ready(Duration latency) -> new Status.Up(latency);
            case Pulse.NotReady(String reason) -> new Status.Down(Duration.ofNanos(System.nanoTime() - start), reason);
        };
    }

    void close() {
        connection.close();
    }
}
