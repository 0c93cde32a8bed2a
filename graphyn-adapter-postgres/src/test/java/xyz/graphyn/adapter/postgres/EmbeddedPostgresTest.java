package xyz.graphyn.adapter.postgres;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import xyz.graphyn.adapter.postgres.access.PostgresOrganizationDirectory;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.testkit.storage.HeardCommits;
import xyz.graphyn.testkit.storage.OrganizationDirectoryContract;
import xyz.graphyn.testkit.storage.Storage;

/** The contracts on the embedded PostgreSQL, always. */
class EmbeddedPostgresTest extends StorageContracts {
    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Storage storage() {
        return database.ports();
    }

    @Override
    HeardCommits heard() {
        return database.heard();
    }

    @Override
    Jdbi jdbi() {
        return database.storage().jdbi();
    }

    @Nested
    class OrganizationsWithoutACache implements OrganizationDirectoryContract {
        @Override
        public Storage storage() {
            Storage ports = database.ports();
            return new Storage(
                    ports.unitOfWork(),
                    new PostgresOrganizationDirectory(
                            new TenantDatabase(database.storage().jdbi()), IDS),
                    ports.agents(),
                    ports.removedAgents(),
                    ports.nodes(),
                    ports.edges(),
                    ports.memoryChanges(),
                    ports.memory(),
                    ports.memoryBacklog(),
                    ports.links(),
                    ports.events(),
                    ports.eventHeads(),
                    ports.appender(),
                    ports.auditTrail(),
                    ports.disclosures(),
                    ports.maskingSettings(),
                    ports.staleRows(),
                    ports.idempotency(),
                    ports.usage(),
                    ports.savingsSettings(),
                    ports.auditReader());
        }
    }
}
