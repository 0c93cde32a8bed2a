package xyz.graphyn.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import xyz.graphyn.domain.access.Actor;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.testkit.storage.Storage.AuditReader;

/** Reads entries past the adapter, which has no way to do so yet. */
record AuditReading(TestDatabase database) implements AuditReader {
    @Override
    public List<AuditEntry> entries(OrganizationId organization) {
        try (Connection connection = database.connectAsSuperuser();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT *, ARRAY(SELECT key FROM jsonb_each_text(details)) AS names,
                            ARRAY(SELECT value FROM jsonb_each_text(details)) AS values
                        FROM audit_entry WHERE organization_id = ? ORDER BY entry_id""")) {
            statement.setObject(1, organization.value());
            List<AuditEntry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(rows));
                }
            }
            return entries;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        String action = row.getString("action");
        return new AuditEntry(
                row.getObject("entry_id", UUID.class),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                new Actor(row.getString("actor"), row.getString("impersonator")),
                Stream.of(AuditAction.values())
                        .filter(known -> known.code().equals(action))
                        .findFirst()
                        .orElseThrow(),
                new AuditEntry.Target(
                        AuditEntry.Target.Kind.valueOf(row.getString("target_kind")),
                        row.getObject("agent_id", UUID.class),
                        row.getObject("target_id", UUID.class)),
                row.getString("request_id"),
                details(row));
    }

    private static Map<String, String> details(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("names").getArray();
        String[] values = (String[]) row.getArray("values").getArray();
        Map<String, String> details = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            details.put(names[i], values[i]);
        }
        return details;
    }
}
