package xyz.graphyn.endtoend.site;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL that keeps what it promised over a crash, on one port. */
final class SitePostgres implements AutoCloseable {
    private final Path folder;
    private final int port = Ports.free();
    private final EmbeddedPostgres running;

    SitePostgres(Path folder) {
        this.folder = folder;
        this.running = launch();
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE site_owner LOGIN PASSWORD 'owner'");
            statement.execute("CREATE ROLE site_app LOGIN PASSWORD 'app'");
            statement.execute("CREATE DATABASE site OWNER site_owner");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private EmbeddedPostgres launch() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(SharedEngine.folder().toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("unix_socket_directories", "''")
                    // The library is made for tests and turns both off.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/site";
    }

    /** Ends it without a farewell to anybody, and starts it on what it had written. */
    void crashAndRestart() {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(pgCtl().toString(), "-D", folder.resolve("data").toString()));
        command.addAll(List.of("restart", "-m", "immediate", "-w", "-t", "60"));
        command.addAll(List.of("-l", folder.resolve("after-a-crash.log").toString()));
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("restart.log").toFile())
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (exit != 0) {
                throw new IllegalStateException(
                        "PostgreSQL did not come back: " + Files.readString(folder.resolve("restart.log")));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path pgCtl() {
        try (Stream<Path> engines = Files.list(SharedEngine.folder())) {
            return engines.map(engine -> engine.resolve("bin").resolve("pg_ctl"))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
