package xyz.graphyn.testkit.storage;

import org.junit.jupiter.api.Nested;

/** The storage in memory keeps every promise that a real one makes. */
class InMemoryStorageTest {
    private final HeardCommits heard = new HeardCommits();
    private final Storage storage = InMemoryStorage.create(heard);

    @Nested
    class UnitsOfWork implements UnitOfWorkContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Organizations implements OrganizationDirectoryContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Agents implements AgentStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Removed implements RemovedAgentsContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Events implements EventStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Nodes implements NodeStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Edges implements EdgeStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class AppendedEdges implements EdgeAppenderContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class AppendedEvents implements AppenderContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class AppendedNodes implements NodeAppenderContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class RememberedEvents implements MemoryAppenderContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Changes implements MemoryChangesContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Backlog implements MemoryBacklogContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Links implements MemoryLinksContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Memory implements MemoryStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Audit implements AuditTrailContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Disclosures implements DisclosureLogContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class MaskingSettings implements MaskingSettingsStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Stale implements StaleRowsContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class SavingsSettings implements SavingsSettingsStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Idempotency implements IdempotencyRecordsContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class ToldCommits implements CommitListenerContract {
        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public HeardCommits heard() {
            return heard;
        }
    }

    @Nested
    class Usage implements UsageStoreContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }

    @Nested
    class Heads implements EventHeadsContract {
        @Override
        public Storage storage() {
            return storage;
        }
    }
}
