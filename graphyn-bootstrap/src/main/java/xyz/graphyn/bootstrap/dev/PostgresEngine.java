package xyz.graphyn.bootstrap.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.postgres.Credentials;
import xyz.graphyn.bootstrap.configuration.Secret;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration.Database;

/** A PostgreSQL of the data folder's own. */
final class PostgresEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresEngine.class);

    private static final String DATABASE = "graphyn";
    private static final String OWNER = "graphyn_owner";
    private static final String APPLICATION = "graphyn_app";

    /** Recovery after a kill replays the log since the last checkpoint, at most a gigabyte of it. */
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final EngineProcess process;
    private final Database database;

    private PostgresEngine(EmbeddedPostgres postgres, EngineProcess process, Database database) {
        this.postgres = postgres;
        this.process = process;
        this.database = database;
    }

    /**
     * Starts it on the folder's data, which is made at the first start. One that a killed server left is stopped before.
     *
     * @param poolSize goes into {@link #database()}
     */
    static PostgresEngine start(DataFolder home, int poolSize) throws DevelopmentException, IOException {
        refuseRootWithoutNamespaces();
        Path folder = PrivateFiles.folder(home.path().resolve("postgres"));
        Path data = folder.resolve("data");
        stopOrphan(data);
        Path complete = folder.resolve("complete");
        if (!Files.exists(complete)) {
            // A first start that was cut off left something that never held data.
            delete(data);
        }
        Path log = folder.resolve("postgres.log");
        if (Files.exists(log)) {
            Files.move(log, folder.resolve("postgres.previous.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        Secret superuser = home.secret("postgres-superuser");
        Path passwordFile = folder.resolve("initial-password");
        PrivateFiles.write(passwordFile, superuser.value());
        EmbeddedPostgres postgres = null;
        try {
            postgres = launch(folder, data, log, superuser, passwordFile);
            EngineProcess process = find(data)
                    .orElseThrow(() -> new DevelopmentException("PostgreSQL has gone again. " + LogTail.of(log)));
            Credentials application = new Credentials(
                    APPLICATION, home.secret("postgres-application").value());
            Credentials owner =
                    new Credentials(OWNER, home.secret("postgres-owner").value());
            prepare(postgres, application, owner);
            if (!Files.exists(complete)) {
                PrivateFiles.write(complete, "");
            }
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + DATABASE;
            return new PostgresEngine(
                    postgres, process, new Database(ServerConfiguration.database(url, application, poolSize), owner));
        } catch (IOException | IllegalStateException | SQLException e) {
            stopHalfStarted(postgres, data);
            throw new DevelopmentException("PostgreSQL doesn't start: " + e.getMessage() + ". " + LogTail.of(log), e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private static EmbeddedPostgres launch(Path folder, Path data, Path log, Secret superuser, Path passwordFile)
            throws IOException {
        ProcessBuilder.Redirect output = ProcessBuilder.Redirect.appendTo(log.toFile());
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("engine").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(LONGEST_START)
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                // These go to initdb as they are, behind the library's own --auth=trust, which they take back.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                // The same order and the same letters on every machine, whatever its locale.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setConnectConfig("password", superuser.value())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "''")
                .setServerConfig("max_connections", "120")
                // The library is made for tests and turns both off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    private static void refuseRootWithoutNamespaces() throws DevelopmentException {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root && System.getProperty("os.name").startsWith("Linux") && !LinuxUtils.isUnshareAvailable()) {
            throw new DevelopmentException("PostgreSQL doesn't run as root, and this system lets root make no user "
                    + "namespace for it (unshare -U). Run this as an ordinary user.");
        }
    }

    private static Optional<EngineProcess> find(Path data) throws IOException {
        return EngineProcess.find(data.resolve("postmaster.pid"), "postgres", data);
    }

    private static void stopOrphan(Path data) throws DevelopmentException, IOException {
        Optional<EngineProcess> orphan = find(data);
        if (orphan.isPresent()) {
            LOG.info(
                    "Stopping the PostgreSQL that a killed server left behind (process {})",
                    orphan.get().pid());
            stop(orphan.get());
        } else {
            // The folder is ours and nothing of it runs; PostgreSQL itself would take any process that was given the
            // same id since for its predecessor, and refuse.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    private static void stop(EngineProcess process) throws DevelopmentException, IOException {
        // SIGINT ends the sessions and checkpoints; SIGTERM would wait for the sessions to end.
        process.interrupt();
        if (!process.awaitExit(LONGEST_STOP)) {
            throw new DevelopmentException("PostgreSQL (process " + process.pid() + ") doesn't stop. Stop it by hand.");
        }
    }

    private static void stopHalfStarted(@Nullable EmbeddedPostgres postgres, Path data)
            throws DevelopmentException, IOException {
        if (postgres != null) {
            postgres.close();
        }
        Optional<EngineProcess> left = find(data);
        if (left.isPresent()) {
            stop(left.get());
        }
    }

    private static void prepare(EmbeddedPostgres postgres, Credentials application, Credentials owner)
            throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (Credentials role : new Credentials[] {application, owner}) {
                if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role.user())) {
                    statement.execute("CREATE ROLE " + role.user());
                }
                // The passwords are letters, digits, - and _ of our own making.
                statement.execute("ALTER ROLE " + role.user()
                        + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '"
                        + role.password() + "'");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
            }
            statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
            statement.execute("GRANT CONNECT ON DATABASE " + DATABASE + " TO " + APPLICATION);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    Database database() {
        return database;
    }

    long pid() {
        return process.pid();
    }

    /** Stops it and waits for its end; sessions that are still open are ended. */
    @Override
    public void close() throws IOException {
        postgres.close();
        if (!process.awaitExit(LONGEST_STOP)) {
            LOG.error("PostgreSQL (process {}) is still stopping; the next start waits for it", process.pid());
        }
    }
}
