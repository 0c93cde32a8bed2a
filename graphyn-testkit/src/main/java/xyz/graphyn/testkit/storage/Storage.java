package xyz.graphyn.testkit.storage;

import java.util.List;
import xyz.graphyn.application.access.OrganizationDirectory;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.agent.RemovedAgents;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.idempotency.IdempotencyRecords;
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
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.audit.AuditEntry;

/** The ports of one storage, which share their data and their units of work. */
public record Storage(
        UnitOfWork unitOfWork,
        OrganizationDirectory organizations,
        AgentStore agents,
        RemovedAgents removedAgents,
        NodeStore nodes,
        EdgeStore edges,
        MemoryChanges memoryChanges,
        MemoryStore memory,
        MemoryBacklog memoryBacklog,
        LinkStore links,
        EventStore events,
        EventHeads eventHeads,
        Appender appender,
        AuditTrail auditTrail,
        DisclosureLog disclosures,
        MaskingSettingsStore maskingSettings,
        StaleRows staleRows,
        IdempotencyRecords idempotency,
        UsageStore usage,
        SavingsSettingsStore savingsSettings,
        AuditReader auditReader) {

    /** How the contracts look at what was written to the {@link AuditTrail}. */
    @FunctionalInterface
    public interface AuditReader {
        /** All committed entries of an organization, oldest first. */
        List<AuditEntry> entries(OrganizationId organization);
    }
}
