package xyz.graphyn.adapter.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Makes the schema, or brings it to the version of this server. It connects as the role that owns everything, which serves
 * for nothing else; the role that the server connects as is given what it needs, and no more.
 *
 * <p>Several servers may migrate at once: one does, the others wait. Row-level security is forced on the owner as well, so a
 * migration that changes rows must say whose, like everybody else.
 */
public final class PostgresMigrations {
    /** The newest migration that this server knows. */
    public static final String VERSION = "20261123170500";

    static final String SCHEMA = "graphyn";
    private static final int OLDEST_SERVER = 15;

    private final String jdbcUrl;
    private final Credentials owner;
    private final String app;

    /** @param app the role that the server connects as; it must exist */
    public PostgresMigrations(String jdbcUrl, Credentials owner, String app) {
        this.jdbcUrl = jdbcUrl;
        this.owner = owner;
        this.app = app;
    }

    /** The database can't be migrated as it is. The message says what to do about it. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }

        Refused(String message, Exception cause) {
            super(message, cause);
        }
    }

    /**
     * @return how many migrations were needed; 0 if the schema was up to date
     * @throws Refused if the server or one of the roles is unfit, the schema is newer than this server, or was left unfinished
     *     or changed by hand; then nothing was done. Also if the database can't be reached or a migration fails
     */
    public int migrate() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, owner.user(), owner.password())) {
            requireServer(connection);
            requireApp(connection);
        } catch (SQLException failure) {
            throw new Refused("The database can't be reached as its owner: " + failure.getMessage(), failure);
        }
        try {
            Flyway flyway = configuration().load();
            for (MigrationInfo migration : flyway.info().all()) {
                requireSound(migration);
            }
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException failure) {
            throw new Refused("The schema can't be brought up to date: " + failure.getMessage(), failure);
        }
    }

    /**
     * Says that the database was brought back to an earlier state: a {@code seq} may now name another event than before, and
     * what servers keep elsewhere of the time after that state must not be taken for this history. To be called before a
     * server works on the database again. Where another cluster was made of a dump, or one was recovered to a point in time,
     * it is not needed, since those are told apart without it; it does no harm.
     *
     * @throws Refused if the database can't be reached, or has no schema of this version or a later one
     */
    public void renewEpoch() {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, owner.user(), owner.password());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE " + SCHEMA + ".epoch SET name = gen_random_uuid()");
        } catch (SQLException failure) {
            throw new Refused("The epoch can't be renewed: " + failure.getMessage(), failure);
        }
    }

    /** For tests that stop on the way. */
    FluentConfiguration configuration() {
        return Flyway.configure(PostgresMigrations.class.getClassLoader())
                .dataSource(jdbcUrl, owner.user(), owner.password())
                .locations("classpath:xyz/graphyn/adapter/postgres/migration")
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .placeholders(Map.of("app", app.replace("\"", "\"\"")))
                .validateMigrationNaming(true)
                .ignoreMigrationPatterns(new String[0])
                .cleanDisabled(true);
    }

    private static void requireServer(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST_SERVER) {
            throw new Refused("This is PostgreSQL " + version + "; version " + OLDEST_SERVER + " or later is needed.");
        }
    }

    private void requireApp(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT rolsuper OR rolbypassrls AS unwalled, pg_has_role(oid, current_user, 'MEMBER') AS owns
                FROM pg_roles WHERE rolname = ?""")) {
            statement.setString(1, app);
            try (ResultSet role = statement.executeQuery()) {
                if (!role.next()) {
                    throw new Refused("There is no role \"" + app + "\" for the server to connect as: create it, with "
                            + "LOGIN and a password and nothing else.");
                }
                if (role.getBoolean("unwalled")) {
                    throw new Refused("The server's role \"" + app + "\" must be neither superuser nor BYPASSRLS.");
                }
                if (role.getBoolean("owns")) {
                    throw new Refused("The server's role \"" + app + "\" must be another than \"" + owner.user()
                            + "\", which owns the schema, and no member of it.");
                }
            }
        }
    }

    private static void requireSound(MigrationInfo migration) {
        MigrationState state = migration.getState();
        if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
            throw new Refused("The schema is newer (" + migration.getVersion() + ") than this server (" + VERSION
                    + "): start the release that made it, or a later one.");
        }
        if (state.isFailed()) {
            throw new Refused("Migration " + migration.getVersion() + " was left unfinished: restore the database, or "
                    + "undo by hand what it did and delete its row from " + SCHEMA + ".flyway_schema_history.");
        }
    }
}
