package xyz.graphyn.adapter.postgres.usage;

import java.util.Optional;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.usage.SavingsSettingsStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.usage.SavingsSettings;

/** Settings in {@code savings_settings}, a row for each organization that decided something. */
public final class PostgresSavingsSettingsStore implements SavingsSettingsStore {
    private static final String FIND =
            "SELECT window_messages FROM savings_settings WHERE organization_id = :organization";

    private static final String PUT = """
            INSERT INTO savings_settings (organization_id, window_messages) VALUES (:organization, :windowMessages)
            ON CONFLICT (organization_id) DO UPDATE SET window_messages = excluded.window_messages""";

    private final TenantDatabase database;

    public PostgresSavingsSettingsStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<SavingsSettings> find(OrganizationId organization) {
        return database.statement(organization, sql -> find(sql, organization, ""));
    }

    @Override
    public Optional<SavingsSettings> put(OrganizationId organization, SavingsSettings settings) {
        return database.within(organization, sql -> {
            Optional<SavingsSettings> before = find(sql, organization, " FOR NO KEY UPDATE");
            sql.update(PUT)
                    .bind("organization", organization.value())
                    .bind("windowMessages", settings.windowMessages())
                    .execute();
            return before;
        });
    }

    private static Optional<SavingsSettings> find(TenantSql sql, OrganizationId organization, String locking) {
        return sql.query(FIND + locking)
                .bind("organization", organization.value())
                .map((row, context) -> new SavingsSettings(row.getInt("window_messages")))
                .findOne();
    }
}
