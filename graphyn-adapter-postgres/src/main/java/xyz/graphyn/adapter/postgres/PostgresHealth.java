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

/**
 * Asks the database how it is, and whether it is the one that this server was made for: of its schema or a later one, and
 * behind the policies. It has a connection of its own, so that a busy pool is not taken for an absent database.
 */
public final class PostgresHealth implements Dependency {
    private static final Logger log = LoggerFactory.getLogger(PostgresHealth.class);

    private final HikariDataSource connection;

    PostgresHealth(PostgresConfiguration configuration) {
        connection = ConnectionPools.openForHealth(configuration);
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
        try (Connection one = connection.getConnection();
                Statement statement = one.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (SELECT max(version) FROM flyway_schema_history WHERE success) AS version,
                            (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS unwalled""")) {
            row.next();
            String version = row.getString("version");
            // Newer is fine: while a cluster is upgraded, servers of the last release serve on the next one's schema.
            if (version == null || version.compareTo(PostgresMigrations.VERSION) < 0) {
                return down(start, "The schema is older than this server: run the migrations.");
            }
            if (row.getBoolean("unwalled")) {
                return down(start, "The server's role must be neither superuser nor BYPASSRLS.");
            }
            return new Status.Up(since(start));
        } catch (SQLException failure) {
            log.debug("PostgreSQL does not answer", failure);
            return down(
                    start,
                    isMissing(failure)
                            ? "The schema is missing: run the migrations."
                            : "The database does not answer.");
        }
    }

    private static boolean isMissing(SQLException failure) {
        return "42P01".equals(failure.getSQLState()); // undefined_table
    }

    private static Status.Down down(long start, String reason) {
        return new Status.Down(since(start), reason);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void close() {
        connection.close();
    }
}
