package xyz.graphyn.adapter.postgres.audit;

import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.domain.audit.AuditEntry;

/** From an entry to its row, for whoever writes one: the trail, and the appender in the same trip as the deed. */
public final class AuditRows {
    public static final String INSERT = """
            INSERT INTO audit_entry (organization_id, entry_id, at, actor, impersonator, action, target_kind, agent_id,
                target_id, request_id, details)
            VALUES (:auditOrganization, :auditEntry, :auditAt, :auditActor, :auditImpersonator, :auditAction,
                :auditTargetKind, :auditAgent, :auditTarget, :auditRequest,
                jsonb_object(:auditDetailNames::text[], :auditDetailValues::text[]))""";

    private AuditRows() {}

    /** Gives {@link #INSERT} its values. */
    public static Update bind(Update update, AuditEntry entry) {
        return update.bind("auditOrganization", entry.organization().value())
                .bind("auditEntry", entry.id())
                .bind("auditAt", entry.at())
                .bind("auditActor", entry.actor().subject())
                .bind("auditImpersonator", entry.actor().impersonator())
                .bind("auditAction", entry.action().code())
                .bind("auditTargetKind", entry.target().kind().name())
                .bind("auditAgent", entry.target().agent())
                .bind("auditTarget", entry.target().id())
                .bind("auditRequest", entry.requestId())
                .bindArray("auditDetailNames", String.class, entry.details().keySet())
                .bindArray("auditDetailValues", String.class, entry.details().values());
    }
}
