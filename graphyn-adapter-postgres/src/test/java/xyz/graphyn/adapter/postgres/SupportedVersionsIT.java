package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import xyz.graphyn.testkit.storage.HeardCommits;
import xyz.graphyn.testkit.storage.Storage;

/** The contracts on every version that we promise, in containers; skipped where there is no engine for them. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"postgres:15", "postgres:16", "postgres:17", "postgres:18"})
class SupportedVersionsIT extends StorageContracts {
    private static @Nullable PostgreSQLContainer container;
    private static @Nullable TestDatabase database;

    /** Asked once: it takes seconds to find that there is none. */
    private static final class Engine {
        static final boolean AVAILABLE = DockerClientFactory.instance().isDockerAvailable();
    }

    SupportedVersionsIT(@SuppressWarnings("unused") String server) {}

    @BeforeParameterizedClassInvocation
    static void create(String server) {
        assumeTrue(
                Engine.AVAILABLE, "There is no container engine here, so the contracts are not run on " + server + ".");
        PostgreSQLContainer started = new PostgreSQLContainer(server);
        container = started;
        started.start();
        URI uri = URI.create(started.getJdbcUrl().substring("jdbc:".length()));
        database = TestDatabase.createOn(new TestDatabase.Server(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + "/",
                started.getUsername(),
                started.getPassword()));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        if (database != null) {
            database.close();
        }
        if (container != null) {
            container.stop();
        }
    }

    @Override
    Storage storage() {
        return Objects.requireNonNull(database).ports();
    }

    @Override
    HeardCommits heard() {
        return Objects.requireNonNull(database).heard();
    }

    @Override
    Jdbi jdbi() {
        return Objects.requireNonNull(database).storage().jdbi();
    }
}
