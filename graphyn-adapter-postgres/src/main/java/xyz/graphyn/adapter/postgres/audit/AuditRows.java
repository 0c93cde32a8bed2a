package xyz.graphyn.adapter.postgres.audit;

import java.util.Collection;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.domain.audit.AuditEntry;

/** From entries to their rows, for whoever writes some: the trail, and the appender in the same trip as the deeds. */
public final class AuditRows {
    public static final String INSERT = """
            INSERT INTO audit_entry (organization_id, entry_id, at, actor, impersonator, action, target_kind, agent_id,
                target_id, request_id, details)
            SELECT organization_id, entry_id, at::timestamptz, actor, impersonator, action, target_kind, agent_id,
                target_id, request_id, jsonb_object(detail_names::text[], detail_values::text[])
            FROM unnest(:auditOrganizations::uuid[], :auditEntries::uuid[], :auditTimes::text[], :auditActors::text[],
                :auditImpersonators::text[], :auditActions::text[], :auditTargetKinds::text[], :auditAgents::uuid[],
                :auditTargets::uuid[], :auditRequests::text[], :auditDetailNames::text[], :auditDetailValues::text[])
                AS batch (organization_id, entry_id, at, actor, impersonator, action, target_kind, agent_id, target_id,
                    request_id, detail_names, detail_values)""";

    private AuditRows() {}

    /** Gives {@link #INSERT} its values. */
    public static Update bind(Update update, Collection<AuditEntry> entries) {
        Columns.of(update, entries)
                .uuids("auditOrganizations", entry -> entry.organization().value())
                .uuids("auditEntries", AuditEntry::id)
                .times("auditTimes", AuditEntry::at)
                .texts("auditActors", entry -> entry.actor().subject())
                .texts("auditImpersonators", entry -> entry.actor().impersonator())
                .texts("auditActions", entry -> entry.action().code())
                .texts("auditTargetKinds", entry -> entry.target().kind().name())
                .uuids("auditAgents", entry -> entry.target().agent())
                .uuids("auditTargets", entry -> entry.target().id())
                .texts("auditRequests", AuditEntry::requestId)
                .lists("auditDetailNames", entry -> entry.details().keySet())
                .lists("auditDetailValues", entry -> entry.details().values());
        return update;
    }
}
