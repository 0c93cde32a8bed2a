package xyz.graphyn.adapter.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether row-level security binds the role that the server connects as. */
public final class PostgresRole {
    private static final Logger log = LoggerFactory.getLogger(PostgresRole.class);

    private PostgresRole() {}

    /**
     * Asks the database, and waits for it no longer than a request would.
     *
     * @return what is wrong with the role, in a sentence that says what to do; empty if it is fit, and also if the database
     *     does not answer, which is for its health to tell
     */
    public static Optional<String> objection(PostgresConfiguration configuration) {
        PostgresConfiguration one = new PostgresConfiguration(
                configuration.jdbcUrl(),
                configuration.app(),
                1,
                configuration.connectionTimeout(),
                configuration.statementTimeout());
        try (HikariDataSource connections = ConnectionPools.open(one);
                Connection connection = connections.getConnection();
                Statement statement = connection.createStatement();
                ResultSet role = statement.executeQuery("""
                        SELECT rolsuper OR rolbypassrls AS unwalled,
                            EXISTS (SELECT FROM pg_class AS relation
                                JOIN pg_namespace AS schema ON schema.oid = relation.relnamespace
                                WHERE schema.nspname = '%s' AND pg_has_role(relation.relowner, 'MEMBER')) AS owns
                        FROM pg_roles WHERE rolname = current_user""".formatted(PostgresMigrations.SCHEMA))) {
            role.next();
            String user = configuration.app().user();
            if (role.getBoolean("unwalled")) {
                return Optional.of("The server's role \"" + user + "\" must be neither superuser nor BYPASSRLS.");
            }
            if (role.getBoolean("owns")) {
                return Optional.of("The server's role \"" + user
                        + "\" must own nothing in the schema, and be no member of a role that does.");
            }
        } catch (SQLException away) {
            log.debug("The server's role was not checked", away);
        }
        return Optional.empty();
    }
}
