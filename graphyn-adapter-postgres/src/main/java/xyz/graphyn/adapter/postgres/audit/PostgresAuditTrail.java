package xyz.graphyn.adapter.postgres.audit;

import java.util.List;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.domain.audit.AuditEntry;

/** Entries in {@code audit_entry}. */
public final class PostgresAuditTrail implements AuditTrail {
    private final TenantDatabase database;

    public PostgresAuditTrail(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public void write(AuditEntry entry) {
        database.within(
                entry.organization(),
                sql -> AuditRows.bind(sql.update(AuditRows.INSERT), List.of(entry))
                        .execute());
    }
}
