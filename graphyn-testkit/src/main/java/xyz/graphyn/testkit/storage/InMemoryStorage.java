package xyz.graphyn.testkit.storage;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.access.OrganizationDirectory;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.testkit.SequentialIds;

/** A storage in memory that passes every contract. For tests, and for a first look without a database. */
public final class InMemoryStorage {
    private InMemoryStorage() {}

    /** A new one, empty and shared with nobody. */
    public static Storage create() {
        return create(run -> {});
    }

    /** A new one, empty and shared with nobody, that tells of the events that it records. */
    public static Storage create(CommitListener listener) {
        InMemoryDatabase database = new InMemoryDatabase();
        return new Storage(
                new InMemoryUnitOfWork(database),
                new InMemoryOrganizationDirectory(database),
                new InMemoryAgentStore(database),
                new InMemoryRemovedAgents(database),
                new InMemoryNodeStore(database),
                new InMemoryEdgeStore(database),
                new InMemoryMemoryStores.Changed(database),
                new InMemoryMemoryStores.Far(database),
                new InMemoryMemoryStores.Backlog(database),
                new InMemoryLinks.Read(database),
                new InMemoryEventStore(database),
                new InMemoryEventHeads(database),
                new InMemoryAppender(database, listener),
                new InMemoryAuditTrail(database),
                new InMemoryDisclosureLog(database),
                new InMemoryMaskingSettingsStore(database),
                new InMemoryStaleRows(database),
                new InMemoryIdempotencyRecords(database),
                new InMemoryUsageStore(database),
                new InMemorySavingsSettingsStore(database),
                organization -> database.read(tables -> tables.audit.stream()
                        .filter(entry -> entry.organization().equals(organization))
                        .toList()));
    }

    private record InMemoryUnitOfWork(InMemoryDatabase database) implements UnitOfWork {
        @Override
        public <T> T run(OrganizationId organization, Supplier<T> work) {
            return database.inUnit(organization, work);
        }
    }

    private record InMemoryEventHeads(InMemoryDatabase database) implements EventHeads {
        @Override
        public Heads read(Collection<AgentKey> agents) {
            return database.read(tables -> new Heads(
                    "memory",
                    tables.events.entrySet().stream()
                            .filter(log -> agents.contains(log.getKey()))
                            .collect(Collectors.toMap(Map.Entry::getKey, log ->
                                    (long) log.getValue().size()))));
        }
    }

    private record InMemoryAuditTrail(InMemoryDatabase database) implements AuditTrail {
        @Override
        public void write(AuditEntry entry) {
            database.requireUnit(entry.organization());
            database.write(entry.organization(), tables -> tables.audit.add(entry));
        }
    }

    private record InMemoryOrganizationDirectory(InMemoryDatabase database) implements OrganizationDirectory {
        private static final SequentialIds IDS = new SequentialIds();

        @Override
        public OrganizationId resolve(ExternalOrganization external) {
            OrganizationId fresh = new OrganizationId(IDS.next());
            return database.writeAlone(
                    fresh, tables -> tables.organizations.computeIfAbsent(external, unknown -> fresh));
        }
    }
}
