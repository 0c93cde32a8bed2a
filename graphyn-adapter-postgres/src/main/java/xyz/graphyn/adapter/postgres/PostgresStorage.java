package xyz.graphyn.adapter.postgres;

import com.github.benmanes.caffeine.cache.Ticker;
import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.Jdbi;
import xyz.graphyn.adapter.postgres.access.CachingOrganizationDirectory;
import xyz.graphyn.adapter.postgres.access.PostgresOrganizationDirectory;
import xyz.graphyn.adapter.postgres.agent.CachingAgentStore;
import xyz.graphyn.adapter.postgres.agent.PostgresAgentStore;
import xyz.graphyn.adapter.postgres.agent.PostgresRemovedAgents;
import xyz.graphyn.adapter.postgres.append.PostgresAppender;
import xyz.graphyn.adapter.postgres.audit.PostgresAuditTrail;
import xyz.graphyn.adapter.postgres.audit.PostgresDisclosureLog;
import xyz.graphyn.adapter.postgres.event.PostgresEventHeads;
import xyz.graphyn.adapter.postgres.event.PostgresEventStore;
import xyz.graphyn.adapter.postgres.failure.PostgresFailureStore;
import xyz.graphyn.adapter.postgres.idempotency.PostgresIdempotencyRecords;
import xyz.graphyn.adapter.postgres.masking.PostgresMaskingSettingsStore;
import xyz.graphyn.adapter.postgres.memory.PostgresEdgeStore;
import xyz.graphyn.adapter.postgres.memory.PostgresLinkStore;
import xyz.graphyn.adapter.postgres.memory.PostgresMemoryBacklog;
import xyz.graphyn.adapter.postgres.memory.PostgresMemoryChanges;
import xyz.graphyn.adapter.postgres.memory.PostgresMemoryStore;
import xyz.graphyn.adapter.postgres.memory.PostgresNodeStore;
import xyz.graphyn.adapter.postgres.rescan.PostgresStaleRows;
import xyz.graphyn.adapter.postgres.transaction.PostgresDialect;
import xyz.graphyn.adapter.postgres.transaction.PostgresUnitOfWork;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.usage.PostgresSavingsSettingsStore;
import xyz.graphyn.adapter.postgres.usage.PostgresUsageStore;
import xyz.graphyn.application.access.OrganizationDirectory;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.agent.RemovedAgents;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.idempotency.IdempotencyRecords;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.masking.MaskingSettingsStore;
import xyz.graphyn.application.masking.StaleRows;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.memory.LinkStore;
import xyz.graphyn.application.memory.MemoryBacklog;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MemoryStore;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.application.usage.SavingsSettingsStore;
import xyz.graphyn.application.usage.UsageStore;

/**
 * All ports of the storage, on one pool of connections.
 *
 * <p>It opens whether or not the database is there. While the database is away, every call is refused as unavailable after
 * at most the connection timeout; when it is back, calls succeed again, without a restart.
 */
public final class PostgresStorage implements AutoCloseable {
    private final HikariDataSource connections;
    private final PostgresHealth health;
    private final Jdbi jdbi;
    private final OrganizationDirectory organizations;
    private final AgentStore agents;
    private final RemovedAgents removedAgents;
    private final NodeStore nodes;
    private final EdgeStore edges;
    private final MemoryChanges memoryChanges;
    private final MemoryStore memory;
    private final MemoryBacklog memoryBacklog;
    private final LinkStore links;
    private final EventStore events;
    private final EventHeads eventHeads;
    private final PostgresAppender appender;
    private final AuditTrail auditTrail;
    private final PostgresDisclosureLog disclosures;
    private final MaskingSettingsStore maskingSettings;
    private final SavingsSettingsStore savingsSettings;
    private final StaleRows staleRows;
    private final IdempotencyRecords idempotencyRecords;
    private final FailureStore failures;
    private final PostgresUsageStore usage;
    private final UnitOfWork unitOfWork;

    /**
     * @param ids makes the ids of new organizations
     * @param listener hears of what is recorded through this storage
     */
    public PostgresStorage(PostgresConfiguration configuration, IdGenerator ids, CommitListener listener) {
        connections = ConnectionPools.open(configuration);
        health = new PostgresHealth(configuration);
        jdbi = PostgresDialect.on(connections);
        TenantDatabase database = new TenantDatabase(jdbi);
        organizations = new CachingOrganizationDirectory(new PostgresOrganizationDirectory(database, ids));
        agents = new CachingAgentStore(new PostgresAgentStore(database), database, Ticker.systemTicker());
        removedAgents = new PostgresRemovedAgents(database);
        nodes = new PostgresNodeStore(database);
        edges = new PostgresEdgeStore(database);
        memoryChanges = new PostgresMemoryChanges(database);
        memory = new PostgresMemoryStore(database);
        memoryBacklog = new PostgresMemoryBacklog(database);
        links = new PostgresLinkStore(database);
        events = new PostgresEventStore(database);
        eventHeads = new PostgresEventHeads(database);
        appender = new PostgresAppender(database, listener, configuration.poolSize());
        auditTrail = new PostgresAuditTrail(database);
        disclosures = new PostgresDisclosureLog(
                database, PostgresDisclosureLog.USUAL_LIMITS, PostgresDisclosureLog.LONGEST_WAIT);
        maskingSettings = new PostgresMaskingSettingsStore(database);
        savingsSettings = new PostgresSavingsSettingsStore(database);
        staleRows = new PostgresStaleRows(database);
        idempotencyRecords = new PostgresIdempotencyRecords(database);
        failures = new PostgresFailureStore(database, FailureStore.Retention.USUAL);
        usage = new PostgresUsageStore(database, PostgresUsageStore.USUAL_LIMITS, PostgresUsageStore.LONGEST_WAIT);
        unitOfWork = new PostgresUnitOfWork(database);
    }

    public PostgresHealth health() {
        return health;
    }

    /** Remembers what it was asked: an organization costs one trip, once. */
    public OrganizationDirectory organizations() {
        return organizations;
    }

    /** Remembers who created an agent, for seconds. */
    public AgentStore agents() {
        return agents;
    }

    public RemovedAgents removedAgents() {
        return removedAgents;
    }

    public NodeStore nodes() {
        return nodes;
    }

    public EdgeStore edges() {
        return edges;
    }

    public MemoryChanges memoryChanges() {
        return memoryChanges;
    }

    public MemoryStore memory() {
        return memory;
    }

    public MemoryBacklog memoryBacklog() {
        return memoryBacklog;
    }

    public LinkStore links() {
        return links;
    }

    public EventStore events() {
        return events;
    }

    public EventHeads eventHeads() {
        return eventHeads;
    }

    public Appender appender() {
        return appender;
    }

    public AuditTrail auditTrail() {
        return auditTrail;
    }

    public DisclosureLog disclosures() {
        return disclosures;
    }

    public MaskingSettingsStore maskingSettings() {
        return maskingSettings;
    }

    public SavingsSettingsStore savingsSettings() {
        return savingsSettings;
    }

    public StaleRows staleRows() {
        return staleRows;
    }

    public IdempotencyRecords idempotencyRecords() {
        return idempotencyRecords;
    }

    public FailureStore failures() {
        return failures;
    }

    public UsageStore usage() {
        return usage;
    }

    public UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    /** For tests that look at the statements themselves. */
    Jdbi jdbi() {
        return jdbi;
    }

    /** Ends what is under way, and closes every connection. */
    @Override
    public void close() {
        usage.close();
        disclosures.close();
        appender.close();
        health.close();
        connections.close();
    }
}
