package xyz.graphyn.adapter.postgres;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Nested;
import xyz.graphyn.adapter.postgres.failure.PostgresFailureStore;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.failure.FailureStore.Retention;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.testkit.failure.FailureStoreContract;
import xyz.graphyn.testkit.storage.AgentStoreContract;
import xyz.graphyn.testkit.storage.AppenderContract;
import xyz.graphyn.testkit.storage.AuditTrailContract;
import xyz.graphyn.testkit.storage.CommitListenerContract;
import xyz.graphyn.testkit.storage.DisclosureLogContract;
import xyz.graphyn.testkit.storage.EdgeAppenderContract;
import xyz.graphyn.testkit.storage.EdgeStoreContract;
import xyz.graphyn.testkit.storage.EventHeadsContract;
import xyz.graphyn.testkit.storage.EventStoreContract;
import xyz.graphyn.testkit.storage.HeardCommits;
import xyz.graphyn.testkit.storage.IdempotencyRecordsContract;
import xyz.graphyn.testkit.storage.MaskingSettingsStoreContract;
import xyz.graphyn.testkit.storage.MemoryAppenderContract;
import xyz.graphyn.testkit.storage.MemoryBacklogContract;
import xyz.graphyn.testkit.storage.MemoryChangesContract;
import xyz.graphyn.testkit.storage.MemoryLinksContract;
import xyz.graphyn.testkit.storage.MemoryStoreContract;
import xyz.graphyn.testkit.storage.NodeAppenderContract;
import xyz.graphyn.testkit.storage.NodeStoreContract;
import xyz.graphyn.testkit.storage.OrganizationDirectoryContract;
import xyz.graphyn.testkit.storage.RemovedAgentsContract;
import xyz.graphyn.testkit.storage.SavingsSettingsStoreContract;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.UnitOfWorkContract;
import xyz.graphyn.testkit.storage.UsageStoreContract;

/** Every contract that a storage has to keep. */
abstract class StorageContracts {
    abstract Storage storage();

    /** The listener that the storage was given. */
    abstract HeardCommits heard();

    abstract Jdbi jdbi();

    @Nested
    class UnitsOfWork implements UnitOfWorkContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Organizations implements OrganizationDirectoryContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Agents implements AgentStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Removed implements RemovedAgentsContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Events implements EventStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Nodes implements NodeStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Edges implements EdgeStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class AppendedEdges implements EdgeAppenderContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class AppendedEvents implements AppenderContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class AppendedNodes implements NodeAppenderContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class RememberedEvents implements MemoryAppenderContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Changes implements MemoryChangesContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Backlog implements MemoryBacklogContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Links implements MemoryLinksContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Memory implements MemoryStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Audit implements AuditTrailContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Disclosures implements DisclosureLogContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class MaskingSettings implements MaskingSettingsStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class SavingsSettings implements SavingsSettingsStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Idempotency implements IdempotencyRecordsContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class ToldCommits implements CommitListenerContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }

        @Override
        public HeardCommits heard() {
            return StorageContracts.this.heard();
        }
    }

    @Nested
    class Heads implements EventHeadsContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Usage implements UsageStoreContract {
        @Override
        public Storage storage() {
            return StorageContracts.this.storage();
        }
    }

    @Nested
    class Failures implements FailureStoreContract {
        private FailureStore store = storing(Retention.USUAL);

        private FailureStore storing(Retention retention) {
            return new PostgresFailureStore(new TenantDatabase(jdbi()), retention);
        }

        @Override
        public FailureStore failures(Retention retention) {
            store = storing(retention);
            return store;
        }

        @Override
        public FailureStore failures() {
            return store;
        }

        @Override
        public OrganizationId newOrganization() {
            return new OrganizationId(IDS.next());
        }
    }
}
